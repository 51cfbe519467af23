/* A network trained and evaluated by optimized C with the same arithmetic: the reference for tinkernet's speed.

   Its results are bit-identical to tinkernet's: the same tanh, every sum in the original's order, no contraction.
   Arrays are laid out [neuron][point], with a register of points at a time. Parameters are flat: for each layer after the
   inputs its weights [to][from], then its biases. Every neuron after the inputs uses tanh. Training and losses are in
   double, fields in float, as in tinkernet.
   Compile with -O3 -march=native -ffp-contract=off -fno-math-errno -fno-trapping-math -shared -fPIC. */

#include <stdint.h>

enum { MOST_NEURONS = 256, MOST_LAYERS = 64, MOST_WIDTH = 8, TRAIN_WIDTH = 3, POINTS = 4 * TRAIN_WIDTH, BLOCK = 2 };

#define REAL double
#define WHOLE int64_t
#define LANES 4
#define ROUNDING 6755399441055744.0
#define MANTISSA 52
#define BIAS 1023
#define NAME(x) x##64
#include "forward.h"
#undef REAL
#undef WHOLE
#undef LANES
#undef ROUNDING
#undef MANTISSA
#undef BIAS
#undef NAME

#define REAL float
#define WHOLE int32_t
#define LANES 8
#define ROUNDING 12582912.0
#define MANTISSA 23
#define BIAS 127
#define NAME(x) x##32
#include "forward.h"

typedef vector64 v4;

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

/* Points begin ... begin + 4 width - 1 of inputs[feature][point], whose rows have the length `stride`. */
static inline __attribute__((always_inline)) void load(
    const double *inputs, int features, int stride, int begin, v4 *acts, const int width) {
    for (int i = 0; i < features; i++)
        __builtin_memcpy(acts + i * width, inputs + i * stride + begin, 32 * width);
}

/* Gradient descent on half the squared error, batch after batch (at most POINTS points each). */
void train(const int *sizes, int layers, double *params, const double *inputs, const double *labels, int stride,
           int count, int batch, double rate, int epochs) {
    static v4 acts[MOST_LAYERS * MOST_NEURONS * TRAIN_WIDTH], deltas[MOST_LAYERS * MOST_NEURONS * TRAIN_WIDTH];
    static v4 by_point[POINTS][MOST_NEURONS / 4 + 1];
    const int width = TRAIN_WIDTH;
    int total_neurons = neurons_in(sizes, layers), total_parameters = parameters_in(sizes, layers);
    double step = rate / batch;
    for (int epoch = 0; epoch < epochs; epoch++)
        for (int begin = 0; begin + batch <= count; begin += batch) {
            load(inputs, sizes[0], stride, begin, acts, width);
            forward64(sizes, layers, params, acts, width);

            const v4 *output = acts + (total_neurons - 1) * width;
            v4 *error = deltas + (total_neurons - 1) * width;
            for (int l = 0; l < width; l++) {
                v4 label;
                __builtin_memcpy(&label, labels + begin + 4 * l, 32);
                error[l] = (output[l] - label) * (1.0 - output[l] * output[l]);
            }

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
                        v4 sum[TRAIN_WIDTH];
                        for (int l = 0; l < width; l++) sum[l] = weights[i] * delta[l];
                        for (int j = 1; j < to; j++)
                            for (int l = 0; l < width; l++) sum[l] += weights[j * from + i] * delta[j * width + l];
                        for (int l = 0; l < width; l++) {
                            v4 y = in[i * width + l];
                            deltas[(first - from + i) * width + l] = sum[l] * (1.0 - y * y);
                        }
                    }

                /* A point's values in a row, followed by a 1 for the bias: gradients are accumulated point by point, four
                   weights per register. */
                int blocks = from / 4 + 1;
                for (int i = 0; i < from; i++) {
                    const double *value = (const double *)(in + i * width);
                    for (int point = 0; point < batch; point++) ((double *)by_point[point])[i] = value[point];
                }
                for (int point = 0; point < batch; point++) ((double *)by_point[point])[from] = 1.0;
                for (int j = 0; j < to; j++) {
                    const double *change = (const double *)(delta + j * width);
                    for (int block = 0; block < blocks; block++) {
                        v4 sum = {0, 0, 0, 0};
                        for (int point = 0; point < batch; point++) sum += change[point] * by_point[point][block];
                        double *row = weights + j * from + 4 * block;
                        if (block < blocks - 1) {
                            v4 moved;
                            __builtin_memcpy(&moved, row, 32);
                            moved -= step * sum;
                            __builtin_memcpy(row, &moved, 32);
                            continue;
                        }
                        int left = from - 4 * block;
                        for (int i = 0; i < left; i++) row[i] -= step * sum[i];
                        weights[from * to + j] -= rate * sum[left] / batch;
                    }
                }
            }
        }
}

/* The mean of half the squared error, summed in four interleaved parts. */
double loss(const int *sizes, int layers, const double *params, const double *inputs, const double *labels, int stride,
            int count) {
    static v4 acts[MOST_LAYERS * MOST_NEURONS * MOST_WIDTH];
    const v4 *output = acts + (neurons_in(sizes, layers) - 1) * MOST_WIDTH;
    v4 sum = {0, 0, 0, 0};
    for (int begin = 0; begin < count; begin += 4 * MOST_WIDTH) {
        load(inputs, sizes[0], stride, begin, acts, MOST_WIDTH);
        forward64(sizes, layers, params, acts, MOST_WIDTH);
        for (int l = 0; l < MOST_WIDTH && begin + 4 * l < count; l++) {
            v4 label;
            __builtin_memcpy(&label, labels + begin + 4 * l, 32);
            v4 error = output[l] - label, one = 0.5 * error * error;
            for (int lane = count - begin - 4 * l; lane < 4; lane++) one[lane] = 0.0;
            sum += one;
        }
    }
    return ((sum[0] + sum[2]) + (sum[1] + sum[3])) / count;
}

/* Every neuron's output at every point, as fields[neuron][point], without the inputs; `count` is a multiple of 64. */
void fields(const int *sizes, int layers, const float *params, const float *inputs, int count, float *fields) {
    static vector32 acts[MOST_LAYERS * MOST_NEURONS * MOST_WIDTH];
    int neurons = neurons_in(sizes, layers);
    for (int begin = 0; begin < count; begin += 8 * MOST_WIDTH) {
        for (int i = 0; i < sizes[0]; i++)
            __builtin_memcpy(acts + i * MOST_WIDTH, inputs + i * count + begin, 32 * MOST_WIDTH);
        forward32(sizes, layers, params, acts, MOST_WIDTH);
        for (int n = sizes[0]; n < neurons; n++)
            __builtin_memcpy(fields + (n - sizes[0]) * count + begin, acts + n * MOST_WIDTH, 32 * MOST_WIDTH);
    }
}
