/**
 * Running header and footer as CSS page margin boxes (CSS Paged Media 3; Chromium 131 and later). They carry names and
 * texts, so they cannot stand in a style sheet file; a constructed sheet is script, which the page's content security
 * policy allows, where a style element would be refused.
 */

export interface PageMargins {
  readonly topLeft: string;
  readonly topRight: string;
  readonly bottomLeft: string;
}

const LONGEST = 70;

/** A CSS string of one line; anything that could end the string or the rule is escaped by its code point. */
export function quoteCssString(text: string): string {
  const letters = Array.from(text.replace(/\s+/gu, ' ').trim());
  const short = letters.length > LONGEST ? [...letters.slice(0, LONGEST - 1), '…'] : letters;
  const escaped = short.map((letter) =>
    /[\p{Letter}\p{Mark}\p{Number} .,:;…–−#/()]/u.test(letter)
      ? letter
      : `\\${(letter.codePointAt(0) ?? 0xfffd).toString(16)} `,
  );
  return `"${escaped.join('')}"`;
}

/** The cover shows name and sample mark large, so its header stays empty. */
export function writePageRules(margins: PageMargins): string {
  const text = "font: 400 7.5pt 'Inter', system-ui, sans-serif; color: #5c666c; vertical-align: middle;";
  const side = 'width: 50%;';
  return `
    @page {
      @top-left { content: ${quoteCssString(margins.topLeft)}; ${text} ${side} text-align: left; }
      @top-right { content: ${quoteCssString(margins.topRight)}; ${text} ${side} text-align: right; font-weight: 600; }
      @bottom-left { content: ${quoteCssString(margins.bottomLeft)}; ${text} ${side} text-align: left; }
      @bottom-right { content: counter(page) " / " counter(pages); ${text} ${side} text-align: right; }
    }
    @page :first {
      @top-left { content: none; }
      @top-right { content: none; }
    }`;
}

export function adoptPageMargins(page: Document, margins: PageMargins): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(writePageRules(margins));
  page.adoptedStyleSheets = [...page.adoptedStyleSheets, sheet];
}
