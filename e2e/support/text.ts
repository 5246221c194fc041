/** The texts the tests look for are those of the catalogue, so that a reworded page is still found by its names. */
import { createText } from '../../shared/text/text.ts';

export const { t } = createText();
