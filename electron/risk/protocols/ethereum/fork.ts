/**
 * The consensus fork a calculation is made for. An input everywhere, because the rules of a date are not those of
 * another: nothing here guesses which fork is live.
 *
 * What differs among them, of what Ballast computes:
 * - `electra` (Pectra, May 2025): the rules as written in the files beside this one. Exits share one churn limit with
 *   activations, at most 256 ETH per epoch.
 * - `fulu` (Fusaka, December 2025): the same as `electra`. It adds data sampling and a proposer look-ahead, and touches
 *   neither penalties nor churn.
 * - `gloas` (not live when this was written): exits get a churn of their own without the cap of 256 ETH per epoch (see
 *   exit-churn.ts). Penalties of validators are those of Electra.
 */
export type Fork = 'electra' | 'fulu' | 'gloas';
