// The loss curve as the page keeps it: what the frames brought, as far as the run has come.

export class CurveData {
  run = -1;
  stride = 1;
  count = 0;
  epochs = new Float64Array(1024);
  train = new Float64Array(1024);
  test = new Float64Array(1024);

  /** The next frame brings the whole curve. */
  forget(): void {
    this.run = -1;
    this.count = 0;
  }

  /**
   * Takes the new points of a frame: epoch, training loss, test loss of each. A frame of the past (`past`) leaves
   * the curve as it is: it continues beyond that moment.
   */
  take(run: number, stride: number, epoch: number, points: Float64Array, past = false): void {
    if (past && this.count > 0) return;
    if (run !== this.run) {
      this.run = run;
      this.count = 0;
      this.stride = stride;
    } else if (stride > this.stride) {
      this.#thin(stride);
    }
    for (let i = 0; i < points.length; i += 3) {
      this.#cut(points[i] as number, false);
      this.#push(points[i] as number, points[i + 1] as number, points[i + 2] as number);
    }
    // Undo goes back in time: what was after it has not happened.
    this.#cut(epoch, true);
  }

  /** What was after this epoch has not happened. */
  end(epoch: number): void {
    this.#cut(epoch, true);
  }

  #push(epoch: number, train: number, test: number): void {
    if (this.count === this.epochs.length) {
      this.epochs = grown(this.epochs);
      this.train = grown(this.train);
      this.test = grown(this.test);
    }
    this.epochs[this.count] = epoch;
    this.train[this.count] = train;
    this.test[this.count] = test;
    this.count++;
  }

  #cut(epoch: number, keepEqual: boolean): void {
    while (this.count > 0) {
      const last = this.epochs[this.count - 1] as number;
      if (last < epoch || (keepEqual && last === epoch)) return;
      this.count--;
    }
  }

  #thin(stride: number): void {
    this.stride = stride;
    let kept = 0;
    for (let i = 0; i < this.count; i++) {
      if ((this.epochs[i] as number) % stride !== 0) continue;
      this.epochs[kept] = this.epochs[i] as number;
      this.train[kept] = this.train[i] as number;
      this.test[kept] = this.test[i] as number;
      kept++;
    }
    this.count = kept;
  }

  /** The place of the point nearest to an epoch, −1 when there is none. */
  nearest(epoch: number): number {
    if (this.count === 0) return -1;
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.epochs[middle] as number) < epoch) low = middle + 1;
      else high = middle;
    }
    const before = low - 1;
    if (before < 0) return low;
    return epoch - (this.epochs[before] as number) < (this.epochs[low] as number) - epoch ? before : low;
  }
}

function grown(values: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(values.length * 2);
  larger.set(values);
  return larger;
}
