/** docs/method/score.md, written from the declarations that the score is computed with. */
import { FACT_KEYS, FACT_STATUSES, PROTOCOL_KINDS } from '../shared/domain/catalog.ts';
import { RECENT_LOSS } from '../shared/domain/score/score-caps.ts';
import { SCORE_MARGINS } from '../shared/domain/score/score-input.ts';
import {
  INCIDENT_MONTHS,
  KEPT_KINDS,
  SCORE_DECLARATIONS,
  SLASHING_LAYERS,
  type ScoreDeclaration,
} from '../shared/domain/score/score-inputs.ts';
import {
  DEFAULT_WEIGHTS,
  SCORE_DATE,
  SCORE_DIMENSIONS,
  SCORE_VERSION,
  type InputOrigin,
  type ScoreDimension,
} from '../shared/domain/score/score.ts';
import { score } from '../shared/text/en/score.ts';
import { catalog } from '../shared/text/en/catalog.ts';

export const SCORE_PAGE = 'docs/method/score.md';

export function renderScorePage(): string {
  return `${[
    HEAD,
    ...SCORE_DIMENSIONS.flatMap((id) => describeDimension(id)),
    describeRules(),
    describeCaps(),
    describeRanks(),
    describeLeftOut(),
  ].join('\n\n')}\n`;
}

const weightSum = SCORE_DIMENSIONS.reduce((sum, id) => sum + DEFAULT_WEIGHTS[id], 0);

const HEAD = `# The risk score

<!-- Written by \`npm run method\` from shared/domain/score. Change that, not this. -->

Version ${SCORE_VERSION} of ${SCORE_DATE}. Code: \`shared/domain/score/\`.

A score of the protocols in the [catalogue](../catalog.md), from 0 to 100, where 100 is the least risk. **It is a range**, from the
worst to the best that the facts allow, and never one number: what is not known makes the range wider and not the score
lower. It is an ordering of what is published, no chance of anything; for chances and sizes of losses see
[comparison.md](comparison.md). Knots and weights are judgement. Weights can be changed on the Compare page, which says what
that does to the ranks.

    score = sum of weight x dimension / sum of weights
    dimension = plain mean of its inputs

low with low and high with high. The middle of a range is the weighted mean of the middles of the inputs. It is for sorting and
is no estimate: for an input of which nothing is known it is 50. Weights may be zero, but not all of them.

| dimension | asks | weight |
|---|---|---|
${SCORE_DIMENSIONS.map((id) => `| ${score.dimension[id]} | ${score.dimensionAsks[id]} | ${DEFAULT_WEIGHTS[id]} of ${weightSum} |`).join('\n')}`;

function describeDimension(id: ScoreDimension): string[] {
  return [
    `## ${score.dimension[id]}`,
    ...SCORE_DECLARATIONS.filter(({ dimension }) => dimension === id).map((input) => describeInput(input)),
  ];
}

function describeInput({ id, origin, unit, knots }: ScoreDeclaration): string {
  const word = score.unit[unit];
  const figures = knots.map(([figure]) => figure.toLocaleString('en', { maximumFractionDigits: 3 }));
  return [
    `**${score.input[id]}.** ${fill(score.formula[id], { months: INCIDENT_MONTHS })} From: ${nameOrigin(origin)}.`,
    '',
    `| ${word === '' ? 'figure' : word} | ${figures.join(' | ')} |`,
    `|---|${knots.map(() => '---|').join('')}`,
    `| points | ${knots.map(([, points]) => points).join(' | ')} |`,
  ].join('\n');
}

function nameOrigin(origin: InputOrigin): string {
  switch (origin.kind) {
    case 'fact':
      return `the fact “${catalog.fact[origin.fact]}”`;
    case 'observation':
      return `the newest observation “${catalog.metric[origin.metric]}”`;
    case 'computed':
      return `the protocol’s ${origin.from === 'kind' ? 'kind' : `list of ${origin.from}`}`;
  }
}

function fill(text: string, values: Readonly<Record<string, number>>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/gu, (_, name: string) => String(values[name]));
}

function describeRules(): string {
  const layers = PROTOCOL_KINDS.map((kind) => `${catalog.kind[kind]} ${SLASHING_LAYERS[kind]}`).join(', ');
  const kept = KEPT_KINDS.map((kind) => catalog.kind[kind]).join(', ');
  return `## From a figure to points

Between two knots points lie on a straight line; below the first and above the last they stay. A figure that is a range gives the
range of its points, because every scale only rises or only falls. Then:

| what is known | what the range of the input is |
|---|---|
${FACT_STATUSES.map((status) => `| ${status} | ${fill(score.why[status], { margin: SCORE_MARGINS[status] })} |`).join('\n')}
| in words | ${score.why.wordsOnly} |
| nothing | ${score.why.unknown} |

No range leaves 0 to 100. To know a fact better never makes a range wider, and to know less never lowers its high end.

What is counted from a list counts as secondary, because the lists are kept by hand and what is not on one may still be so. What
a list calls disputed or unconfirmed is in the count at the bad end only. Sets of rules by kind: ${layers}. Kinds
whose coins somebody keeps, so that without a custodian listed it is not known who: ${kept}.`;
}

function describeCaps(): string {
  return `## Caps

${fill(score.cap.recentLoss, { ...RECENT_LOSS })} The incident must be dated within them, and it must be known that something was
lost. Where the date may lie outside, the loss is disputed or not known, or nobody confirmed the incident, it lowers the low end
only. A cap comes after the weights, and cuts the middle too.

The catalogue does not say of any protocol that its source is not verified; once it does, that will be a cap as well.`;
}

function describeRanks(): string {
  return `## Ranks

A rank is by the middle; equals share the better one. Its range: the best rank counts only the protocols whose low end lies above
this one’s high end, the worst all whose high end lies above this one’s low end. Most ranges overlap, so most ranks are wide:
that is what is known.

Sensitivity: each weight is halved and doubled, one at a time, and the ranks by the middle are taken again. The weight that moves
a protocol’s rank most is named; of equals, the one that moves its middle most.`;
}

function describeLeftOut(): string {
  const scored = new Set(
    SCORE_DECLARATIONS.flatMap(({ origin }) => (origin.kind === 'fact' ? [origin.fact] : [])),
  );
  const left = FACT_KEYS.filter((key) => !scored.has(key)).map((key) => catalog.fact[key]);
  return `## What is not in it

Facts that are shown and not scored, because they are words, or because nobody can say which way they cut (a pause saves and
locks in): ${left.join(', ')}.

Not in it either: how old a fact is, prices and discounts, who the people are, and whether a list is complete. Two protocols whose
ranges overlap are not told apart by this score.`;
}
