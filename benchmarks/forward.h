/* The forward pass in one precision: kernel.c includes this twice.

   REAL, WHOLE   the float and the integer of the same size
   LANES         how many of them make 32 bytes
   ROUNDING      added to a small number, leaves the nearest integer in the low bits
   MANTISSA      bits of the mantissa
   BIAS          of the exponent
   NAME(x)       x with a suffix for this precision */

typedef REAL NAME(vector) __attribute__((vector_size(32)));
typedef WHOLE NAME(integers) __attribute__((vector_size(32)));

/* Clamps every lane to [-limit, limit]; compilers turn this into one instruction for each bound. */
static inline __attribute__((always_inline)) NAME(vector) NAME(clamp)(NAME(vector) x, REAL limit) {
    NAME(vector) y;
    for (int lane = 0; lane < LANES; lane++) {
        REAL below = limit < x[lane] ? limit : x[lane];
        y[lane] = -limit > below ? -limit : below;
    }
    return y;
}

/* tanh x = (e^2x - 1) / (e^2x + 1) with e^y = 2^k (Q + r P) / (Q - r P), the rational approximation of Cephes, with one division. */
static inline __attribute__((always_inline)) NAME(vector) NAME(tanh)(NAME(vector) x) {
    NAME(vector) y = (REAL)2.0 * NAME(clamp)(x, (REAL)22.0);
    NAME(vector) shifted = y * (REAL)1.4426950408889634 + (REAL)ROUNDING;
    NAME(vector) k = shifted - (REAL)ROUNDING;
    NAME(vector) r = (y - k * (REAL)6.93145751953125e-1) - k * (REAL)1.42860682030941723212e-6;
    NAME(vector) square = r * r;
    NAME(vector) odd = r * (((REAL)1.26177193074810590878e-4 * square + (REAL)3.02994407707441961300e-2) * square +
                            (REAL)9.99999999999999999910e-1);
    NAME(vector) even = (((REAL)3.00198505138664455042e-6 * square + (REAL)2.52448340349684104192e-3) * square +
                         (REAL)2.27265548208155028766e-1) * square + (REAL)2.00000000000000000005e0;
    NAME(vector) scale = (NAME(vector))(((NAME(integers))shifted << MANTISSA) + ((WHOLE)BIAS << MANTISSA)); /* 2^k */
    NAME(vector) more = scale + (REAL)1.0, less = scale - (REAL)1.0;
    return (less * even + more * odd) / (more * even + less * odd);
}

/* `rows` neurons at once, which hides the latency of the additions in each sum. */
static inline __attribute__((always_inline)) void NAME(neurons)(
    const REAL *weights, const REAL *biases, int from, const NAME(vector) *in, NAME(vector) *out, const int rows, const int width) {
    NAME(vector) total[4 * MOST_WIDTH];
    for (int j = 0; j < rows; j++)
        for (int l = 0; l < width; l++) total[j * width + l] = biases[j] + (NAME(vector)){0};
    for (int i = 0; i < from; i++)
        for (int j = 0; j < rows; j++)
            for (int l = 0; l < width; l++) total[j * width + l] += weights[j * from + i] * in[i * width + l];
    for (int l = 0; l < rows * width; l++) out[l] = NAME(tanh)(total[l]);
}

/* Outputs of all neurons for `width` vectors of points; `acts` holds the inputs at its start. */
static inline __attribute__((always_inline)) void NAME(forward)(
    const int *sizes, int layers, const REAL *params, NAME(vector) *acts, const int width) {
    const NAME(vector) *in = acts;
    NAME(vector) *out = acts + sizes[0] * width;
    for (int layer = 1; layer < layers; layer++) {
        int from = sizes[layer - 1], to = sizes[layer], j = 0;
        const REAL *biases = params + from * to;
        for (; j + BLOCK <= to; j += BLOCK)
            NAME(neurons)(params + j * from, biases + j, from, in, out + j * width, BLOCK, width);
        for (; j < to; j++) NAME(neurons)(params + j * from, biases + j, from, in, out + j * width, 1, width);
        params = biases + to;
        in = out;
        out += to * width;
    }
}
