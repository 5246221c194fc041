/*
 * The limit: the engine's own algorithm (electron/risk/distribution/simulate), in C, for the processor at hand.
 *
 *   cc -O3 -march=native -o limit limit.c -lm -lpthread
 *   limit workload.bin paths seed [--threads n] [--cascades]
 *
 * Reads a workload as encode-workload.ts writes it and prints one line of JSON. Timed is what the engine is timed for:
 * from the read workload to expected loss, value at risk and expected shortfall at 99% and 99.9% with their errors.
 */
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- workload ---- */

static uint32_t n_ops, n_services, n_positions, n_edges, n_weights;
static double rho;
static const double *hazard_p, *op_loss, *edge_stake, *edge_threshold;
static const uint32_t *edge_op, *edge_service, *edge_mode;

static void *read_file(const char *name) {
  FILE *f = fopen(name, "rb");
  if (!f) { perror(name); exit(1); }
  fseek(f, 0, SEEK_END);
  long size = ftell(f);
  rewind(f);
  char *bytes = aligned_alloc(64, (size + 63) / 64 * 64);
  if (fread(bytes, 1, size, f) != (size_t)size || memcmp(bytes, "BALLAST1", 8)) { fprintf(stderr, "not a workload\n"); exit(1); }
  fclose(f);
  return bytes;
}

static void load_workload(const char *name) {
  char *bytes = read_file(name);
  const uint32_t *counts = (const uint32_t *)(bytes + 8);
  n_ops = counts[0], n_services = counts[1], n_positions = counts[2], n_edges = counts[3], n_weights = counts[4];
  const double *d = (const double *)(bytes + 32);
  rho = *d++;
  hazard_p = d, d += n_ops;
  d += n_ops; /* stake: edges carry their own */
  op_loss = d, d += n_ops;
  edge_stake = d, d += n_edges;
  edge_threshold = d, d += n_edges;
  d += n_weights + n_positions;
  const uint32_t *u = (const uint32_t *)d;
  edge_op = u, edge_service = u + n_edges, edge_mode = u + 2 * n_edges;
}

/* ---- normal law ---- */

static double cdf(double x) { return 0.5 * erfc(-x * M_SQRT1_2); }

/* Wichura 1988, AS 241. */
static double quantile(double p) {
  if (p <= 0) return -INFINITY;
  if (p >= 1) return INFINITY;
  double q = p - 0.5;
  if (fabs(q) <= 0.425) {
    double r = 0.180625 - q * q;
    return q * (((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r + 45921.953931549871457) * r + 13731.693765509461125) * r + 1971.5909503065514427) * r + 133.14166789178437745) * r + 3.387132872796366608) /
           (((((((5226.495278852545925 * r + 28729.085735721942674) * r + 39307.89580009271061) * r + 21213.794301586595867) * r + 5394.1960214247511077) * r + 687.1870074920579083) * r + 42.313330701600911252) * r + 1.0);
  }
  double r = sqrt(-log(q < 0 ? p : 1 - p)), x;
  if (r <= 5) {
    r -= 1.6;
    x = (((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r + 1.27045825245236838258) * r + 3.64784832476320460504) * r + 5.7694972214606914055) * r + 4.6303378461565452959) * r + 1.42343711074968357734) /
        (((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r + 0.14810397642748007459) * r + 0.68976733498510000455) * r + 1.6763848301838038494) * r + 2.05319162663775882187) * r + 1.0);
  } else {
    r -= 5;
    x = (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r + 0.026532189526576123093) * r + 0.29656057182850489123) * r + 1.7848265399172913358) * r + 5.4637849111641143699) * r + 6.6579046435011037772) /
        (((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r + 7.868691311456132591e-4) * r + 0.0148753612908506148525) * r + 0.13692988092273580531) * r + 0.59983220655588793769) * r + 1.0);
  }
  return q < 0 ? -x : x;
}

/* ---- hazard table: cubic pieces over -12 ... 12 ---- */

#define STEPS 128
#define PIECES (24 * STEPS)
static double hazards[2 * (PIECES + 1)];

static void make_hazards(void) {
  for (int i = 0; i <= PIECES; i++) {
    double x = -12 + (double)i / STEPS, survival = cdf(-x);
    hazards[2 * i] = x < 0 ? -log1p(-cdf(x)) : -log(survival);
    hazards[2 * i + 1] = exp(-0.5 * x * x) / sqrt(2 * M_PI) / survival / STEPS;
  }
}

static inline double look_up(double x) {
  double position = (x + 12) * STEPS;
  if (!(position > 0)) return hazards[0];
  if (position >= PIECES) return hazards[2 * PIECES];
  int i = (int)position;
  double t = position - i;
  const double *h = hazards + 2 * i;
  double rise = h[2] - h[0];
  return h[0] + t * (h[1] + t * (3 * rise - 2 * h[1] - h[3] + t * (h[1] + h[3] - 2 * rise)));
}

/* ---- plan: bins of the factor, candidate counts ---- */

#define LEAST_U 0x1p-60
#define KNOTS 32
#define MOST_BINS 1024
typedef struct { double u_low, u_high, z_low, z_high, hazard; int paths, group_start, group_end, is_dense; } Bin;
typedef struct { int width, paths, bin; size_t row_start, path_start; double weight; } Group;

static Bin bins[MOST_BINS];
static int n_bins, n_groups, capacity_groups;
static Group *groups;
static size_t n_rows, n_stored;
static double *threshold, loading, scale;
static uint64_t run_seed;

static double factor_at(double u) { return u <= LEAST_U ? quantile(LEAST_U) : u >= 1 ? -quantile(LEAST_U) : quantile(u); }

static double sum_hazards(double z) {
  double total = 0;
  for (uint32_t i = 0; i < n_ops; i++) total += look_up((threshold[i] - loading * z) * scale);
  return total;
}

static uint32_t mix(uint32_t x) {
  x = (x ^ x >> 16) * 0x21f0aaadu;
  x = (x ^ x >> 15) * 0x735a2d97u;
  return x ^ x >> 15;
}

typedef struct { uint32_t a, b, c, d; } Random;

static inline uint32_t draw(Random *r) {
  uint32_t sum = r->a + r->d, bits = (sum << 7 | sum >> 25) + r->a, t = r->b << 9;
  r->c ^= r->a, r->d ^= r->b, r->b ^= r->c, r->a ^= r->d, r->c ^= t;
  r->d = r->d << 11 | r->d >> 21;
  return bits;
}

static Random start_random(uint32_t stream) {
  uint32_t m = mix((uint32_t)run_seed);
  Random r;
  r.a = m = mix(m + 0x9e3779b9u);
  r.b = (m = mix(m + 0x9e3779b9u)) ^ (stream + 1) * 0x9e3779b1u;
  r.c = (m = mix(m + 0x9e3779b9u)) ^ mix(stream);
  r.d = mix(m + 0x9e3779b9u) | 1;
  for (int i = 0; i < 8; i++) draw(&r);
  return r;
}

static void add_group(int width, int paths, int bin) {
  if (n_groups == capacity_groups) groups = realloc(groups, (capacity_groups = 2 * capacity_groups + 1024) * sizeof *groups);
  Bin *b = bins + bin;
  groups[n_groups++] = (Group){width, paths, bin, n_rows, n_stored, (b->u_high - b->u_low) / b->paths};
  n_rows += (size_t)width * paths;
  n_stored += paths;
}

/* Systematic sampling of the Poisson quantiles. */
static void count_candidates(double mean, int paths, double offset, int bin) {
  if (mean == 0) return;
  int mode = (int)floor(mean), first = mode, last = mode;
  double total = 1, p = 1;
  for (int k = mode; k > 0; k--) {
    p *= k / mean;
    if (p < 1e-20) break;
    first = k - 1, total += p;
  }
  p = 1;
  for (int k = mode + 1;; k++) {
    p *= mean / k;
    if (p < 1e-20) break;
    last = k, total += p;
  }
  double *law = malloc((last - first + 1) * sizeof *law);
  law[mode - first] = 1;
  for (int k = mode; k > first; k--) law[k - 1 - first] = law[k - first] * k / mean;
  for (int k = mode + 1; k <= last; k++) law[k - first] = law[k - 1 - first] * mean / k;
  double cumulated = 0;
  int before = 0;
  for (int k = first; k <= last; k++) {
    cumulated += law[k - first] / total;
    int up_to = k == last ? paths : (int)fmin(paths, fmax(before, ceil(paths * cumulated - offset)));
    if (up_to > before && k > 0) add_group(k, up_to - before, bin);
    before = up_to;
  }
  free(law);
}

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

static void plan(int paths) {
  loading = sqrt(rho), scale = 1 / sqrt(1 - rho);
  for (uint32_t i = 0; i < n_ops; i++) threshold[i] = quantile(hazard_p[i]);
  double edges[MOST_BINS + 1];
  int count = 0;
  edges[count++] = 0;
  if (rho > 0) {
    double slope = fmin(4, log(sum_hazards(-1.5) / sum_hazards(-0.5)));
    double wanted = sqrt(4.0 * paths * sum_hazards(-0.25) / n_ops);
    int total = (int)round(fmin(512, fmax(24, wanted))), tilted = (int)round(0.6 * total), plain = total - tilted;
    double inner[MOST_BINS];
    int m = 0;
    for (int i = 1; i < plain; i++) inner[m++] = cdf(quantile((double)i / plain));
    for (int i = 1; i < tilted; i++) inner[m++] = cdf(quantile((double)i / tilted) - slope);
    qsort(inner, m, sizeof *inner, by_value);
    for (int i = 0; i < 24; i++) edges[count++] = inner[0] * pow(2, i - 24);
    for (int i = 0; i < m; i++) edges[count++] = inner[i];
  } else {
    for (int i = 1; i < 8; i++) edges[count++] = i / 8.0;
  }
  edges[count++] = 1;
  n_bins = count - 1, n_groups = 0, n_rows = n_stored = 0;
  int before = 0;
  for (int b = 0; b < n_bins; b++) {
    int up_to = (int)round(paths * edges[b + 1]);
    Bin *bin = bins + b;
    *bin = (Bin){edges[b], edges[b + 1], factor_at(edges[b]), factor_at(edges[b + 1]), 0, up_to > before ? up_to - before : 1, n_groups, 0, 0};
    before = up_to;
    bin->hazard = sum_hazards(bin->z_low);
    bin->is_dense = bin->hazard > n_ops / 2.0;
    Random r = start_random((uint32_t)(-1 - b));
    double offset = (draw(&r) + 0.5) * 0x1p-32;
    if (bin->is_dense) add_group(n_ops, bin->paths, b);
    else count_candidates(bin->hazard, bin->paths, offset, b);
    bin->group_end = n_groups;
  }
}

/* ---- the hot loop ---- */

typedef struct {
  int32_t split, limit[2];
  uint16_t source[2];
} Cell;

#define CELLS 4096
typedef struct { int64_t steps[CELLS]; } Histogram;

typedef struct {
  Cell *cells;
  Histogram *histogram;
  uint32_t *stamps, path;
  double *highest, *lowest, *squeeze, *scaled, knots[KNOTS + 2], band;
  int32_t *stack;
  int bits;
} Scratch;

static void fill_hazards(double *into, double z) {
  for (uint32_t i = 0; i < n_ops; i++) into[i] = look_up((threshold[i] - loading * z) * scale);
}

static void set_cell(Scratch *s, int cell, int alias, double share) {
  double size = (double)(1u << (32 - s->bits));
  int32_t split = (int32_t)nearbyint(share * size);
  Cell *c = s->cells + cell;
  c->split = split - 1;
  c->limit[0] = split > 0 ? (int32_t)(split * s->squeeze[cell]) : 0;
  c->limit[1] = split + (int32_t)((size - split) * s->squeeze[alias]);
  c->source[0] = (uint16_t)cell;
  c->source[1] = (uint16_t)alias;
}

static void fill_table(Scratch *s, const Bin *bin, int follows) {
  if (follows) {
    double *before = s->highest;
    s->highest = s->lowest, s->lowest = before;
  } else fill_hazards(s->highest, bin->z_low);
  fill_hazards(s->lowest, bin->z_high);
  int cells = 1 << s->bits, small = 0, large = cells;
  double per_cell = cells / bin->hazard;
  for (int i = 0; i < cells; i++) {
    double weight = 0;
    if (i < (int)n_ops) {
      s->squeeze[i] = s->highest[i] > 0 ? s->lowest[i] / s->highest[i] : 1;
      weight = s->highest[i] * per_cell;
    }
    s->scaled[i] = weight;
    if (weight < 1) s->stack[small++] = i;
    else s->stack[--large] = i;
  }
  while (small > 0 && large < cells) {
    int little = s->stack[--small], big = s->stack[large];
    set_cell(s, little, big, s->scaled[little]);
    if ((s->scaled[big] -= 1 - s->scaled[little]) < 1) large++, s->stack[small++] = big;
  }
  while (large < cells) set_cell(s, s->stack[large], s->stack[large], 1), large++;
  while (small > 0) {
    int cell = s->stack[--small];
    if (cell < (int)n_ops) set_cell(s, cell, cell, 1);
    else set_cell(s, cell, n_ops - 1, 0);
  }
}

static void measure_band(Scratch *s, double least, double most) {
  s->band = 0;
  for (int e = 0; e < 12; e++) {
    double end = least + (most - least) * e / 11;
    double high = look_up((end - loading * s->knots[0]) * scale);
    double fall = high - look_up((end - loading * s->knots[KNOTS]) * scale);
    if (!(fall > 0)) continue;
    if (fall > 0.6 * high) { s->band = 1; return; }
    for (int k = 1; k < KNOTS; k++) {
      double h = look_up((end - loading * s->knots[k]) * scale);
      s->band = fmax(s->band, fabs(h - (high - fall * k / KNOTS)) / fall);
    }
  }
  s->band = s->band * 1.25 + 0.004;
}

static inline double factor_in_bin(const Scratch *s, double v) {
  double position = v * KNOTS;
  int k = (int)position;
  return s->knots[k] + (s->knots[k + 1] - s->knots[k]) * (position - k);
}

static void sample_group(Scratch *s, Random *state, uint16_t *restrict out, int width, int paths) {
  Random r = *state;
  const Cell *restrict cells = s->cells;
  uint32_t *restrict stamps = s->stamps, path = s->path;
  const int shift = 32 - s->bits;
  const uint32_t mask = (1u << shift) - 1, null_row = n_ops;
  for (int p = 0; p < paths; p++) {
    path++;
    double v = -1;
    for (int j = 0; j < width; j++) {
      uint32_t bits = draw(&r);
      const Cell *cell = cells + (bits >> shift);
      int32_t f = (int32_t)(bits & mask);
      uint32_t side = (uint32_t)(cell->split - f) >> 31, row = cell->source[side];
      if (__builtin_expect(f >= cell->limit[side], 0)) {
        double u = draw(&r) * 0x1p-32;
        if (v < 0) v = (draw(&r) + 0.5) * 0x1p-32;
        double above = u + v - 1;
        int refused = above > 0;
        if (fabs(above) < s->band) {
          double h = look_up((threshold[row] - loading * factor_in_bin(s, v)) * scale);
          refused = (s->squeeze[row] + (1 - s->squeeze[row]) * u) * s->highest[row] > h;
        }
        row = refused ? null_row : row;
      }
      uint32_t seen = stamps[row];
      stamps[row] = path;
      *out++ = (uint16_t)(seen == path ? null_row : row);
    }
  }
  s->path = path;
  *state = r;
}

static void sample_all(Scratch *s, Random *r, uint16_t *out, int paths) {
  for (int p = 0; p < paths; p++) {
    fill_hazards(s->highest, factor_in_bin(s, (draw(r) + 0.5) * 0x1p-32));
    for (uint32_t i = 0; i < n_ops; i++) *out++ = -log((draw(r) + 0.5) * 0x1p-32) < s->highest[i] ? i : n_ops;
  }
}

/* ---- contagion ---- */

static int has_cascades;
static uint32_t *by_op_start, *by_op_service, *by_service_start, *by_service_op;
static double *by_op_share, *by_service_threshold, *reach;

typedef struct { uint32_t service, op; double threshold; } SortedEdge;
static int by_service(const void *a, const void *b) {
  const SortedEdge *x = a, *y = b;
  if (x->service != y->service) return x->service < y->service ? -1 : 1;
  return x->threshold < y->threshold ? -1 : x->threshold > y->threshold;
}

static void prepare_cascades(void) {
  double *total = calloc(n_services, sizeof *total);
  SortedEdge *sorted = malloc(n_edges * sizeof *sorted);
  uint32_t m = 0;
  by_op_start = calloc(n_ops + 2, sizeof *by_op_start);
  by_service_start = calloc(n_services + 2, sizeof *by_service_start);
  for (uint32_t e = 0; e < n_edges; e++) {
    if (edge_mode[e] == 0) continue;
    total[edge_service[e]] += edge_stake[e];
    sorted[m++] = (SortedEdge){edge_service[e], edge_op[e], edge_threshold[e] - 1e-12};
    by_op_start[edge_op[e] + 1]++, by_service_start[edge_service[e] + 1]++;
  }
  for (uint32_t i = 0; i < n_ops; i++) by_op_start[i + 1] += by_op_start[i];
  for (uint32_t i = 0; i < n_services; i++) by_service_start[i + 1] += by_service_start[i];
  qsort(sorted, m, sizeof *sorted, by_service);
  by_service_op = malloc(m * sizeof *by_service_op), by_service_threshold = malloc(m * sizeof *by_service_threshold);
  for (uint32_t e = 0; e < m; e++) by_service_op[e] = sorted[e].op, by_service_threshold[e] = sorted[e].threshold;
  by_op_service = malloc(m * sizeof *by_op_service), by_op_share = malloc(m * sizeof *by_op_share);
  reach = calloc(n_ops + 1, sizeof *reach);
  uint32_t at = 0;
  for (uint32_t e = 0; e < n_edges; e++) {
    if (edge_mode[e] == 0) continue;
    uint32_t s = edge_service[e];
    by_op_service[at] = s, by_op_share[at] = edge_stake[e] / total[s];
    double part = by_op_share[at++] / fmax(by_service_threshold[by_service_start[s]], 1e-12);
    if (part > reach[edge_op[e]]) reach[edge_op[e]] = part;
  }
  free(sorted), free(total);
}

typedef struct { uint32_t *fallen, mark, *queue, *next, *touched; double *share; } Contagion;

static Contagion start_contagion(void) {
  Contagion c = {calloc(n_ops, 4), 0, malloc(4 * n_ops), malloc(4 * n_services), malloc(4 * (n_edges + 1)), calloc(n_services, 8)};
  for (uint32_t s = 0; s < n_services; s++) c.next[s] = by_service_start[s];
  return c;
}

/* What the operators that fall besides `rows` lose. */
static double settle(Contagion *c, const uint16_t *rows, int width) {
  uint32_t tail = 0, given, touched = 0;
  c->mark++;
  for (int i = 0; i < width; i++) {
    if (rows[i] < n_ops && c->fallen[rows[i]] != c->mark) c->fallen[rows[i]] = c->mark, c->queue[tail++] = rows[i];
  }
  given = tail;
  for (uint32_t head = 0; head < tail; head++) {
    uint32_t op = c->queue[head];
    for (uint32_t e = by_op_start[op]; e < by_op_start[op + 1]; e++) {
      uint32_t s = by_op_service[e], at = c->next[s], end = by_service_start[s + 1];
      if (c->share[s] == 0) c->touched[touched++] = s;
      double share = c->share[s] += by_op_share[e];
      while (at < end && by_service_threshold[at] <= share) {
        uint32_t hit = by_service_op[at++];
        if (c->fallen[hit] != c->mark) c->fallen[hit] = c->mark, c->queue[tail++] = hit;
      }
      c->next[s] = at;
    }
  }
  double loss = 0;
  for (uint32_t i = given; i < tail; i++) loss += op_loss[c->queue[i]];
  for (uint32_t i = 0; i < touched; i++) c->share[c->touched[i]] = 0, c->next[c->touched[i]] = by_service_start[c->touched[i]];
  return loss;
}

/* ---- threads ---- */

static uint16_t *rows;
static double *losses, *weights;
static atomic_int next_bin;
static double least_threshold, most_threshold;

/* Probabilities are counted as shares of 2^62, losses into cells of equal ratio: their bits less the last 45. */
#define STEPS 4611686018427387904.0
#define CELL_SHIFT 45
typedef struct { double sum, squares, most; } Moments;
static Moments *moments;
static int64_t first_cell;

/* One pass over the losses of a group, two of them at a time: a single chain of additions would take as long as the rest. */
static void measure(const double *restrict loss, const Group *group, Histogram *restrict h, Moments *restrict m) {
  int64_t share = llrint(group->weight * STEPS), most[2] = {0};
  double sum[2] = {0}, squares[2] = {0};
  for (int p = 0; p < group->paths; p += 2) {
    for (int lane = 0; lane < 2 && p + lane < group->paths; lane++) {
      double own = loss[p + lane];
      int64_t bits;
      memcpy(&bits, &own, 8);
      sum[lane] += own, squares[lane] += own * own;
      if (bits > most[lane]) most[lane] = bits;
      int64_t cell = (bits >> CELL_SHIFT) - first_cell;
      h->steps[cell > 0 ? cell : 0] += share;
    }
  }
  m->sum = sum[0] + sum[1], m->squares = squares[0] + squares[1];
  memcpy(&m->most, most[0] > most[1] ? most : most + 1, 8);
}

/* Where `width` is known, the loop over a path's rows is written out. */
static inline __attribute__((always_inline)) void sum_width(const uint16_t *restrict at, int width, int paths, const double *restrict by_row, double *restrict out) {
  for (int p = 0; p < paths; p++, at += width) {
    double sum = 0, other = 0;
    for (int j = 0; j + 1 < width; j += 2) sum += by_row[at[j]], other += by_row[at[j + 1]];
    if (width & 1) sum += by_row[at[width - 1]];
    out[p] = sum + other;
  }
}

static void sum_rows(const uint16_t *restrict at, int width, int paths, const double *restrict by_row, double *restrict out) {
  switch (width) {
    case 1: sum_width(at, 1, paths, by_row, out); break;
    case 2: sum_width(at, 2, paths, by_row, out); break;
    case 3: sum_width(at, 3, paths, by_row, out); break;
    case 4: sum_width(at, 4, paths, by_row, out); break;
    default: sum_width(at, width, paths, by_row, out);
  }
}

static void *work(void *argument) {
  Scratch *s = argument;
  Contagion contagion = {0};
  if (has_cascades) contagion = start_contagion();
  int last = -2;
  for (int b; (b = atomic_fetch_add(&next_bin, 1)) < n_bins;) {
    Bin *bin = bins + b;
    if (bin->group_start == bin->group_end) continue;
    Random r = start_random((uint32_t)b);
    for (int k = 0; k <= KNOTS; k++) s->knots[k] = factor_at(bin->u_low + (bin->u_high - bin->u_low) * k / KNOTS);
    if (bin->is_dense) {
      sample_all(s, &r, rows + groups[bin->group_start].row_start, bin->paths);
      last = -2;
    } else {
      measure_band(s, least_threshold, most_threshold);
      fill_table(s, bin, last == b - 1);
      last = b;
      for (int g = bin->group_start; g < bin->group_end; g++) sample_group(s, &r, rows + groups[g].row_start, groups[g].width, groups[g].paths);
    }
    for (int g = bin->group_start; g < bin->group_end; g++) {
      const Group *group = groups + g;
      double *own = losses + group->path_start;
      const uint16_t *first = rows + group->row_start;
      if (!has_cascades) {
        sum_rows(first, group->width, group->paths, weights, own);
        measure(own, group, s->histogram, moments + g);
        continue;
      }
      sum_rows(first, group->width, group->paths, reach, own);
      for (int p = 0; p < group->paths; p++) {
        const uint16_t *path = first + (size_t)p * group->width;
        double more = own[p] >= 1 - 1e-9 ? settle(&contagion, path, group->width) : 0;
        for (int j = 0; j < group->width; j++) more += weights[path[j]];
        own[p] = more;
      }
      measure(own, group, s->histogram, moments + g);
    }
  }
  return NULL;
}

/* ---- figures ---- */

typedef struct { double value, error; } Estimate;
typedef struct { Estimate var, es; } Tail;

/* Mean of what losses exceed `least` by. Groups that do not reach it are passed over, and nothing is read twice for 0. */
static Estimate mean_over(double least) {
  double mean = 0, variance = 0;
  for (int b = 0; b < n_bins; b++) {
    Bin *bin = bins + b;
    if (bin->group_start == bin->group_end) continue;
    double sum = 0, squares = 0;
    for (int g = bin->group_start; g < bin->group_end; g++) {
      if (least == 0) { sum += moments[g].sum, squares += moments[g].squares; continue; }
      if (moments[g].most <= least) continue;
      for (size_t p = groups[g].path_start; p < groups[g].path_start + groups[g].paths; p++) {
        double x = fmax(losses[p] - least, 0);
        sum += x, squares += x * x;
      }
    }
    double own = sum / bin->paths, width = bin->u_high - bin->u_low;
    mean += width * own;
    if (bin->paths > 1) variance += width * width * fmax(0, squares / bin->paths - own * own) / (bin->paths - 1);
  }
  return (Estimate){mean, sqrt(variance)};
}

static double cells[CELLS];

static double edge_of(int cell) {
  int64_t bits = (cell + first_cell) << CELL_SHIFT;
  double edge;
  memcpy(&edge, &bits, 8);
  return cell == 0 ? 0 : edge;
}

static double near_quantile(double tail) {
  double beyond = 0;
  int cell = CELLS - 1;
  while (cell > 0 && beyond + cells[cell] <= tail) beyond += cells[cell--];
  double high = edge_of(cell + 1);
  return high - (high - edge_of(cell)) * fmin(1, (tail - beyond) / cells[cell]);
}

typedef struct { double loss, weight; } Weighted;
static int by_loss_down(const void *a, const void *b) {
  double x = ((const Weighted *)a)->loss, y = ((const Weighted *)b)->loss;
  return x > y ? -1 : x < y;
}

static double exact_quantile(double tail) {
  double beyond = 0;
  int cell = CELLS - 1;
  while (cell > 0 && beyond + cells[cell] <= tail) beyond += cells[cell--];
  double low = edge_of(cell), high = edge_of(cell + 1);
  size_t count = 0, capacity = 1024;
  Weighted *found = malloc(capacity * sizeof *found);
  for (int g = 0; g < n_groups; g++) {
    if (moments[g].most < low) continue;
    for (size_t p = groups[g].path_start; p < groups[g].path_start + groups[g].paths; p++) {
      if (losses[p] < low || losses[p] >= high) continue;
      if (count == capacity) found = realloc(found, (capacity *= 2) * sizeof *found);
      found[count++] = (Weighted){losses[p], groups[g].weight};
    }
  }
  qsort(found, count, sizeof *found, by_loss_down);
  double value = 0;
  for (size_t i = 0; i < count; i++) {
    beyond += found[i].weight;
    if (beyond > tail) { value = found[i].loss; break; }
  }
  free(found);
  return value;
}

static Tail describe_tail(double level) {
  double tail = 1 - level, value = exact_quantile(tail), beyond = 0;
  for (int g = 0; g < n_groups; g++) {
    if (moments[g].most <= value) continue;
    for (size_t p = groups[g].path_start; p < groups[g].path_start + groups[g].paths; p++) beyond += losses[p] > value ? groups[g].weight : 0;
  }
  double slack = sqrt(fmax(beyond, 1e-12) * tail / 1e6);
  Estimate excess = mean_over(value);
  return (Tail){{value, (near_quantile(tail - slack) - near_quantile(tail + slack)) / 2}, {value + excess.value / tail, excess.error / tail}};
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

int main(int argc, char **argv) {
  if (argc < 4) { fprintf(stderr, "usage: limit workload.bin paths seed [--threads n] [--cascades]\n"); return 2; }
  int paths = atoi(argv[2]), threads = 1;
  run_seed = strtoull(argv[3], NULL, 10);
  for (int i = 4; i < argc; i++) {
    if (!strcmp(argv[i], "--threads")) threads = atoi(argv[++i]);
    else if (!strcmp(argv[i], "--cascades")) has_cascades = 1;
  }
  load_workload(argv[1]);
  threshold = malloc(n_ops * sizeof *threshold);
  weights = calloc(n_ops + 1, sizeof *weights);
  size_t row_capacity = 0, loss_capacity = 0;
  double best = 0;
  Estimate el;
  Tail tail99, tail999;
  /* The first round warms memory up, as the engine is warmed up before it is timed. */
  for (int round = 0; round < 2; round++) {
    double begun = now();
    make_hazards();
    plan(paths);
    if (n_rows > row_capacity) rows = realloc(rows, 2 * (row_capacity = n_rows));
    if (n_stored > loss_capacity) losses = realloc(losses, 8 * (loss_capacity = n_stored));
    memcpy(weights, op_loss, n_ops * sizeof *weights);
    if (has_cascades) prepare_cascades();
    least_threshold = 1e9, most_threshold = -1e9;
    for (uint32_t i = 0; i < n_ops; i++) {
      if (!isfinite(threshold[i])) continue;
      least_threshold = fmin(least_threshold, threshold[i]), most_threshold = fmax(most_threshold, threshold[i]);
    }
    double total = 0;
    for (uint32_t i = 0; i < n_ops; i++) total += op_loss[i];
    total *= 1 + 1e-6;
    memcpy(&first_cell, &total, 8);
    first_cell = (first_cell >> CELL_SHIFT) - (CELLS - 1);
    moments = realloc(moments, (n_groups + 1) * sizeof *moments);
    Histogram *histograms = calloc(threads, sizeof *histograms);
    atomic_store(&next_bin, 0);
    pthread_t *handles = malloc(threads * sizeof *handles);
    for (int t = 0; t < threads; t++) {
      Scratch *s = calloc(1, sizeof *s);
      s->histogram = histograms + t;
      s->bits = 2;
      while (1u << s->bits < n_ops) s->bits++;
      size_t size = (size_t)1 << s->bits;
      s->cells = malloc(size * sizeof(Cell)), s->stamps = calloc(n_ops + 1, 4);
      s->highest = malloc(8 * n_ops), s->lowest = malloc(8 * n_ops), s->squeeze = malloc(8 * n_ops);
      s->scaled = malloc(8 * size), s->stack = malloc(4 * size);
      if (threads == 1) work(s);
      else pthread_create(handles + t, NULL, work, s);
    }
    if (threads > 1) for (int t = 0; t < threads; t++) pthread_join(handles[t], NULL);
    for (int c = 0; c < CELLS; c++) {
      int64_t steps = 0;
      for (int t = 0; t < threads; t++) steps += histograms[t].steps[c];
      cells[c] = steps / STEPS;
    }
    free(histograms);
    double stored = 0;
    for (int g = 0; g < n_groups; g++) stored += groups[g].paths * groups[g].weight;
    cells[0] += fmax(0, 1 - stored);
    el = mean_over(0);
    tail99 = describe_tail(0.99), tail999 = describe_tail(0.999);
    best = now() - begun;
    free(handles);
  }
  printf("{\"paths\":%d,\"seconds\":%.6f,\"figures\":{\"el\":%.17g,\"var99\":%.17g,\"cvar99\":%.17g,\"var999\":%.17g,\"cvar999\":%.17g},"
         "\"errors\":{\"el\":%.6g,\"var99\":%.6g,\"cvar99\":%.6g,\"var999\":%.6g,\"cvar999\":%.6g},\"tool\":\"cc %s\"}\n",
         paths, best, el.value, tail99.var.value, tail99.es.value, tail999.var.value, tail999.es.value, el.error,
         tail99.var.error, tail99.es.error, tail999.var.error, tail999.es.error, __VERSION__);
  return 0;
}
