/** How the protocol arithmetic refuses input that no chain could have produced. */
import { AppError } from '../../../shared/contract/errors.ts';

/** @throws AppError scenario-invalid, always */
export function refuse(message: string, detail: string, help: string): never {
  throw new AppError('scenario-invalid', message, { detail, help });
}

/**
 * @param amounts each under the name it has in a sentence: "stake", "balance"
 * @throws AppError scenario-invalid for the first amount below zero
 */
export function refuseNegative(amounts: Readonly<Record<string, bigint>>): void {
  for (const [name, amount] of Object.entries(amounts)) {
    if (amount >= 0n) continue;
    refuse(`The ${name} is below zero.`, `${name}: ${amount.toString()}`, 'Enter an amount of zero or more.');
  }
}
