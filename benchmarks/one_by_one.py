"""Libraries that train one run after the other, each used as its documentation advises; and a sweep of tinkernet."""

import warnings
from abc import ABC, abstractmethod
from itertools import cycle, islice
from time import perf_counter

import numpy as np
from many_runs import Entry, Problem, swept, torch_on_one_thread
from numpy import ndarray
from task import Missing


def tinkernet_sweep(problem: Problem) -> Entry:
    """A sweep: runs in lanes of registers, each of which ends on its own."""

    def turn() -> float:
        began = perf_counter()
        swept(problem.experiment, problem.goal, problem.epochs, problem.starts)
        return (perf_counter() - began) / problem.starts

    def losses(starts: int, epochs: int) -> ndarray:
        ends = [swept(problem.experiment, 0.0, epoch + 1, starts)["train_loss"] for epoch in range(epochs)]
        return np.stack(ends, axis=1)

    return Entry(turn, losses)


class OneByOne(ABC):
    """Runs in a loop. Each turn solves the next few; its seconds are those of a run with as many epochs as all have."""

    each_turn = 2
    compiled = 0.0
    linear = False

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.next = cycle(range(problem.starts))

    @abstractmethod
    def solve(self, start: int, goal: float, epochs: int) -> list[float]:
        """Train a start until its loss is at most `goal`: the training loss after each epoch."""

    def turn(self) -> float:
        """Solve some runs: the seconds of one."""
        began = perf_counter()
        done = sum(self.run_of(start) for start in islice(self.next, self.each_turn))
        return (perf_counter() - began) / done * self.problem.mean_epochs

    def run_of(self, start: int) -> int:
        """Train a start to the goal: how many epochs it took."""
        return len(self.solve(start, self.problem.goal, self.problem.epochs))

    def losses(self, starts: int, epochs: int) -> ndarray:
        """The training losses of the first starts after each epoch."""
        return np.array([self.solve(start, -1.0, epochs) for start in range(starts)])

    @classmethod
    def entry(cls, problem: Problem) -> Entry:
        """This library, prepared."""
        one = cls(problem)
        return Entry(one.turn, one.losses, one.compiled, one.linear)


class TinkernetLoop(OneByOne):
    """`Run.train(until_loss=…)`, which keeps both losses of each epoch."""

    each_turn = 64

    def solve(self, start: int, goal: float, epochs: int) -> list[float]:
        run = self.problem.runs[start]
        run.train(epochs, until_loss=goal) if goal >= 0 else run.train(epochs)
        return list(run.history.train_loss[1:].tolist())


class ScikitLearn(OneByOne):
    """`MLPRegressor.partial_fit`, an epoch for each call, as joblib runs it on each core."""

    linear = True

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        try:
            from joblib import Parallel, delayed
            from sklearn.neural_network import MLPRegressor
        except ImportError:
            raise Missing("not installed") from None
        self.parallel, self.delayed, self.kind = Parallel(n_jobs=1), delayed, MLPRegressor

    def solve(self, start: int, goal: float, epochs: int) -> list[float]:
        problem = self.problem
        network = self.kind(
            hidden_layer_sizes=problem.experiment.hidden,
            activation="tanh",
            solver="sgd",
            alpha=0,
            batch_size=problem.experiment.batch_size,
            learning_rate_init=problem.rate,
            momentum=0,
            shuffle=False,
        )
        # Only training makes the arrays of a network; without momentum nothing remains of that.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            network.partial_fit(problem.points[:1], problem.labels[:1])
        network.coefs_ = [weights[start].T.copy() for weights in problem.weights]
        network.intercepts_ = [biases[start].copy() for biases in problem.biases]
        losses: list[float] = []
        while len(losses) < epochs and (not losses or losses[-1] > goal):
            network.partial_fit(problem.points, problem.labels)
            losses.append(0.5 * float(np.mean((network.predict(problem.points) - problem.labels) ** 2)))
        return losses

    def turn(self) -> float:
        # A linear output is another network, which needs other numbers of epochs: those of the same network are taken.
        starts = list(islice(self.next, self.each_turn))
        counts = self.problem.reached[starts].tolist()
        began = perf_counter()
        self.parallel(self.delayed(self.solve)(start, -1.0, count) for start, count in zip(starts, counts, strict=True))
        return (perf_counter() - began) / float(sum(counts)) * self.problem.mean_epochs


class TorchLoop(OneByOne):
    """Modules, autograd and `torch.optim.SGD`, one run after the other."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        torch = self.torch = torch_on_one_thread()
        self.points, self.labels = torch.from_numpy(problem.points), torch.from_numpy(problem.labels)[:, None]
        size = problem.experiment.batch_size
        self.batches = list(zip(self.points.split(size), self.labels.split(size), strict=True))

    def solve(self, start: int, goal: float, epochs: int) -> list[float]:
        torch, layers = self.torch, []
        for weights, biases in zip(self.problem.weights, self.problem.biases, strict=True):
            linear = torch.nn.Linear(weights.shape[2], weights.shape[1], dtype=torch.float64)
            with torch.no_grad():
                linear.weight.copy_(torch.from_numpy(weights[start]))
                linear.bias.copy_(torch.from_numpy(biases[start]))
            layers += [linear, torch.nn.Tanh()]
        network, squared = torch.nn.Sequential(*layers), torch.nn.MSELoss()
        optimizer = torch.optim.SGD(network.parameters(), lr=self.problem.rate)
        losses: list[float] = []
        while len(losses) < epochs and (not losses or losses[-1] > goal):
            for inputs, labels in self.batches:
                optimizer.zero_grad()
                (0.5 * squared(network(inputs), labels)).backward()
                optimizer.step()
            with torch.no_grad():
                losses.append(0.5 * squared(network(self.points), self.labels).item())
        return losses
