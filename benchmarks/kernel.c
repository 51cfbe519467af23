/* A network trained and evaluated as fast as careful C goes without changing the arithmetic: what tinkernet is held to.

   Arrays are laid out [neuron][point], four points to a vector. Parameters are flat: for each layer after the inputs
   its weights [to][from], then its biases. Every neuron after the inputs is a tanh.
   Compile with -O3 -march=native -ffp-contract=off -shared -fPIC. */

#include <string.h>

typedef double v4 __attribute__((vector_size(32)));
typedef long long i4 __attribute__((vector_size(32)));

enum { MOST_NEURONS = 256, MOST_LAYERS = 64, TRAIN_WIDTH = 3, FIELD_WIDTH = 16 };

/* tanh without a branch: through e^y − 1 for y = −2|x|, with y = k ln 2 + r and a polynomial in r. */
static inline v4 tanh4(v4 x) {
    const v4 one = {1, 1, 1, 1};
    const i4 sign_bit = (i4)(-0.0 * one);
    i4 sign = (i4)x & sign_bit;
    v4 size = (v4)((i4)x & ~sign_bit);
    i4 large = size > 20.0 * one;
    size = (v4)(((i4)(20.0 * one) & large) | ((i4)size & ~large));
    v4 y = -2.0 * size;
    v4 shifted = y * 1.4426950408889634 + 6755399441055744.0; /* rounds to a whole k in the low bits */
    v4 k = shifted - 6755399441055744.0;
    v4 r = (y - k * 6.93147180369123816490e-01) - k * 1.90821492927058770002e-10;
    v4 p = r * (1.0 / 6227020800.0) + 1.0 / 479001600.0;
    p = p * r + 1.0 / 39916800.0;
    p = p * r + 1.0 / 3628800.0;
    p = p * r + 1.0 / 362880.0;
    p = p * r + 1.0 / 40320.0;
    p = p * r + 1.0 / 5040.0;
    p = p * r + 1.0 / 720.0;
    p = p * r + 1.0 / 120.0;
    p = p * r + 1.0 / 24.0;
    p = p * r + 1.0 / 6.0;
    p = p * r + 0.5;
    p = p * r * r + r;
    v4 power = (v4)(((i4)shifted << 52) + (i4)one); /* 2^k */
    v4 t = power * p + (power - 1.0);
    return (v4)((i4)(-t / (t + 2.0)) | sign);
}

/* Outputs of all neurons for `width` vectors of points; acts holds the inputs at its start. */
static inline __attribute__((always_inline)) void forward(
    const int *sizes, int layers, const double *params, v4 *acts, const int width) {
    const v4 *in = acts;
    v4 *out = acts + sizes[0] * width;
    for (int layer = 1; layer < layers; layer++) {
        int from = sizes[layer - 1], to = sizes[layer];
        const double *biases = params + from * to;
        for (int j = 0; j < to; j++) {
            v4 total[FIELD_WIDTH];
            for (int l = 0; l < width; l++) total[l] = biases[j] + (v4){0, 0, 0, 0};
            for (int i = 0; i < from; i++)
                for (int l = 0; l < width; l++) total[l] += params[j * from + i] * in[i * width + l];
            for (int l = 0; l < width; l++) out[j * width + l] = tanh4(total[l]);
        }
        params = biases + to;
        in = out;
        out += to * width;
    }
}

static int neurons_in(const int *sizes, int layers) {
    int count = 0;
    for (int layer = 0; layer < layers; layer++) count += sizes[layer];
    return count;
}

static int parameters_in(const int *sizes, int layers) {
    int count = 0;
    for (int layer = 1; layer < layers; layer++) count += (sizes[layer - 1] + 1) * sizes[layer];
    return count;
}

/* Fill vectors with points begin … end − 1 of inputs[feature][point], and the rest with the last of them. */
static inline __attribute__((always_inline)) void load(
    const double *inputs, int features, int count, int begin, int end, v4 *acts, const int width) {
    double *lanes = (double *)acts;
    for (int i = 0; i < features; i++)
        for (int l = 0; l < 4 * width; l++) {
            int point = begin + l < end ? begin + l : end - 1;
            lanes[i * 4 * width + l] = inputs[i * count + point];
        }
}

/* Gradient descent on half the squared error, batch after batch (at most 4 × TRAIN_WIDTH points each). */
void train(const int *sizes, int layers, double *params, const double *inputs, const double *labels, int count,
           int batch, double rate, int epochs) {
    static v4 acts[MOST_LAYERS * MOST_NEURONS * TRAIN_WIDTH], deltas[MOST_LAYERS * MOST_NEURONS * TRAIN_WIDTH];
    const int width = TRAIN_WIDTH;
    int total_neurons = neurons_in(sizes, layers), total_parameters = parameters_in(sizes, layers);
    for (int epoch = 0; epoch < epochs; epoch++)
        for (int begin = 0; begin + batch <= count; begin += batch) {
            load(inputs, sizes[0], count, begin, begin + batch, acts, width);
            forward(sizes, layers, params, acts, width);

            double *output = (double *)(acts + (total_neurons - 1) * width);
            double *error = (double *)(deltas + (total_neurons - 1) * width);
            for (int l = 0; l < 4 * width; l++)
                error[l] = l < batch ? (output[l] - labels[begin + l]) * (1 - output[l] * output[l]) : 0.0;

            double step = rate / batch;
            double *weights = params + total_parameters;
            int first = total_neurons;
            for (int layer = layers - 1; layer > 0; layer--) {
                int from = sizes[layer - 1], to = sizes[layer];
                weights -= (from + 1) * to;
                first -= to;
                const v4 *in = acts + (first - from) * width;
                const v4 *delta = deltas + first * width;
                if (layer > 1)
                    for (int i = 0; i < from; i++) {
                        v4 sum[TRAIN_WIDTH] = {{0}};
                        for (int j = 0; j < to; j++)
                            for (int l = 0; l < width; l++) sum[l] += weights[j * from + i] * delta[j * width + l];
                        for (int l = 0; l < width; l++) {
                            v4 y = in[i * width + l];
                            deltas[(first - from + i) * width + l] = sum[l] * (1.0 - y * y);
                        }
                    }
                for (int j = 0; j < to; j++) {
                    v4 sum = {0, 0, 0, 0};
                    for (int i = 0; i < from; i++) {
                        v4 part = {0, 0, 0, 0};
                        for (int l = 0; l < width; l++) part += delta[j * width + l] * in[i * width + l];
                        weights[j * from + i] -= step * ((part[0] + part[1]) + (part[2] + part[3]));
                    }
                    for (int l = 0; l < width; l++) sum += delta[j * width + l];
                    weights[from * to + j] -= step * ((sum[0] + sum[1]) + (sum[2] + sum[3]));
                }
            }
        }
}

/* The mean of half the squared error. */
double loss(const int *sizes, int layers, const double *params, const double *inputs, const double *labels, int count) {
    static v4 acts[MOST_LAYERS * MOST_NEURONS * FIELD_WIDTH];
    int last = neurons_in(sizes, layers) - 1;
    double sum = 0;
    for (int begin = 0; begin < count; begin += 4 * FIELD_WIDTH) {
        int end = begin + 4 * FIELD_WIDTH < count ? begin + 4 * FIELD_WIDTH : count;
        load(inputs, sizes[0], count, begin, end, acts, FIELD_WIDTH);
        forward(sizes, layers, params, acts, FIELD_WIDTH);
        const double *output = (double *)(acts + last * FIELD_WIDTH);
        for (int l = 0; l < end - begin; l++) {
            double error = output[l] - labels[begin + l];
            sum += 0.5 * error * error;
        }
    }
    return sum / count;
}

/* Every neuron's output at every point, as fields[neuron][point], those of the inputs left out. */
void fields(const int *sizes, int layers, const double *params, const double *inputs, int count, float *fields) {
    static v4 acts[MOST_LAYERS * MOST_NEURONS * FIELD_WIDTH];
    int neurons = neurons_in(sizes, layers);
    for (int begin = 0; begin < count; begin += 4 * FIELD_WIDTH) {
        int end = begin + 4 * FIELD_WIDTH < count ? begin + 4 * FIELD_WIDTH : count;
        load(inputs, sizes[0], count, begin, end, acts, FIELD_WIDTH);
        forward(sizes, layers, params, acts, FIELD_WIDTH);
        for (int n = sizes[0]; n < neurons; n++) {
            const double *values = (double *)(acts + n * FIELD_WIDTH);
            for (int l = 0; l < end - begin; l++) fields[(n - sizes[0]) * count + begin + l] = (float)values[l];
        }
    }
}
