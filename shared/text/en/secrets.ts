/** What a refused secret was, by kind. Said in place of the text, which is forgotten. */
export const secrets = {
  'private-key': 'This looks like a private key. Ballast never needs one: it was not kept, logged or sent.',
  wif: 'This looks like a private key in wallet import format. Ballast never needs one: it was not kept, logged or sent.',
  'extended-private-key':
    'This looks like an extended private key. Ballast never needs one: it was not kept, logged or sent.',
  'seed-phrase': 'This looks like a seed phrase. Ballast never needs one: it was not kept, logged or sent.',
  'keystore-json':
    'This looks like a keystore file. Ballast never needs one: it was not kept, logged or sent.',
} as const;
