"""MO-GOMEA as the published program does it, written from its rules alone.

A slow, literal oracle for the variant `published`: one function a rule, plain lists, the standard library only. It shares
no code and no idea with the Java implementation, so that a rule misread in one of them shows as a difference.

A problem has the keys of the recorded runs: `seed, lower, upperExclusive, objectives, archiveTarget, budget`. Objectives
are maximised. `record.py` runs it.
"""

import functools
import math
from decimal import Decimal, localcontext

EPSILON = 0.00001
NAN = float("nan")
INT_MIN = -(2**31)
MAX_POPULATIONS = 20


def divide(a, b):
    """IEEE division: Python raises where the processor gives an infinity or NaN."""
    if b != 0.0:
        return a / b
    if a == 0.0 or a != a:
        return NAN
    return math.copysign(math.inf, a) * math.copysign(1.0, b)


def to_int(x):
    """The processor's conversion of a double to 32 bits."""
    if x != x or math.isinf(x):
        return INT_MIN
    i = int(x)
    return i if INT_MIN <= i < 2**31 else INT_MIN


@functools.lru_cache(maxsize=None)
def ln(p):
    """The logarithm rounded correctly."""
    with localcontext() as context:
        context.prec = 60
        return float(Decimal(p).ln())


class Generator:
    def __init__(self, seed):
        self.state = seed & 0xFFFFFFFF

    def step(self):
        self.state = (self.state * 0x5DEECE66D + 0xB) % 2**48
        return self.state

    def real(self):
        high = self.step() >> 22
        low = self.step() >> 21
        return (high * 2**27 + low) / 2**53

    def below(self, bound):
        return int(float(bound) * self.real())

    def ordering(self, length):
        order = list(range(length))
        for _ in range(length):
            p = self.below(length)
            q = self.below(length)
            order[p], order[q] = order[q], order[p]
        return order


def dominates(a, b):
    better = False
    for x, y in zip(a, b):
        if abs(x - y) < EPSILON:
            continue
        if x < y:
            return False
        if x > y:
            better = True
    return better


def weakly_dominates(a, b):
    return all(abs(x - y) < EPSILON or not x < y for x, y in zip(a, b))


def hamming(a, b):
    return sum(x != y for x, y in zip(a, b))


class Archive:
    def __init__(self, target):
        self.members = []
        self.steps = None
        # (int) of C: out of the 32-bit range it is the smallest number
        self.lower = to_int(0.75 * target)
        self.upper = to_int(1.25 * target)
        self.front_changed = False
        self.times_discretised = 0

    def same_box(self, a, b):
        if self.steps is None:
            return all(x == y for x, y in zip(a, b))
        return all(
            to_int(divide(x, s)) == to_int(divide(y, s)) for x, y, s in zip(a, b, self.steps)
        )

    def first_event(self, f):
        for position, (_, g) in enumerate(self.members):
            if dominates(g, f):
                return "dominated", position
            if not dominates(f, g) and self.same_box(f, g):
                return "occupied", position
        return "new", -1

    def append(self, x, f):
        self.members = [member for member in self.members if not dominates(f, member[1])]
        self.members.append((x, f))

    def plain_offer(self, x, f):
        event, _ = self.first_event(f)
        if event == "new":
            self.append(x, f)

    def offer(self, x, f):
        event, position = self.first_event(f)
        if event == "new":
            self.append(x, f)
            self.front_changed = True
        elif event == "occupied":
            others = [member[0] for i, member in enumerate(self.members) if i != position]
            old = min((hamming(self.members[position][0], o) for o in others), default=-1)
            new = min((hamming(x, o) for o in others), default=-1)
            if new > old:
                self.members[position] = (x, f)
        return event

    def best(self, objective):
        best = 0
        for i, (_, f) in enumerate(self.members):
            if f[objective] > self.members[best][1][objective]:
                best = i
        return self.members[best]

    def adapt(self):
        size = len(self.members)
        if self.steps is not None and size < self.lower:
            self.steps = None
        if size > self.upper:
            values = list(zip(*(f for _, f in self.members)))
            ranges = [max(v) - min(v) for v in values]
            na, nb = 1, 2**25
            original = self.members
            for _ in range(25):
                nc = (na + nb) // 2
                self.steps = [r / nc for r in ranges]
                self.members = []
                for x, f in original:
                    self.plain_offer(x, f)
                if len(self.members) <= self.lower:
                    na = nc
                else:
                    nb = nc
            self.times_discretised += 1


class Population:
    def __init__(self, size, clusters):
        self.size = size
        self.clusters = clusters
        self.steps = 0
        self.stretch = 0
        self.genotypes = []
        self.objectives = []
        self.ranges = []

    def measure_ranges(self):
        self.ranges = [max(v) - min(v) for v in zip(*self.objectives)]


def distance(a, b):
    total = 0.0
    for x, y in zip(a, b):
        total += (x - y) * (x - y)
    return math.sqrt(total)


def largest(values):
    best = 0
    for i, value in enumerate(values):
        if value > values[best]:
            best = i
    return best


def smallest(values):
    best = 0
    for i, value in enumerate(values):
        if value < values[best]:
            best = i
    return best


def leaders(points, k, dimension):
    first = largest([p[dimension] for p in points])
    remaining = list(range(len(points)))
    chosen = [points[first]]

    def take(entries, position):
        entries[position] = entries[-1]
        entries.pop()

    take(remaining, first)
    nearest = [distance(points[i], chosen[0]) for i in remaining]
    while len(chosen) < k:
        position = largest(nearest)
        chosen.append(points[remaining[position]])
        take(remaining, position)
        take(nearest, position)
        for p, i in enumerate(remaining):
            d = distance(points[i], chosen[-1])
            if d < nearest[p]:
                nearest[p] = d
    return chosen


def mean_of(points, dimensions):
    sums = [0.0] * dimensions
    for point in points:
        for j, value in enumerate(point):
            sums[j] += value
    return [divide(s, float(len(points))) for s in sums]


def k_means(points, means):
    dimensions = len(points[0])
    shift = math.inf
    while shift > 1e-10:
        assigned = [[] for _ in means]
        for i, point in enumerate(points):
            assigned[smallest([distance(point, mean) for mean in means])].append(i)
        new_means = [mean_of([points[i] for i in group], dimensions) for group in assigned]
        shift = 0.0
        for old, new in zip(means, new_means):
            shift += distance(old, new)
        means = new_means
    return means, assigned


def merge_sort(values):
    order = list(range(len(values)))

    def sort(p, q):
        if p >= q:
            return
        r = (p + q) // 2
        sort(p, r)
        sort(r + 1, q)
        merged = []
        left, right = p, r + 1
        for _ in range(q - p + 1):
            if left > r:
                take_left = False
            elif right > q:
                take_left = True
            else:
                take_left = values[order[left]] < values[order[right]]
            if take_left:
                merged.append(order[left])
                left += 1
            else:
                merged.append(order[right])
                right += 1
        order[p : q + 1] = merged

    sort(0, len(values) - 1)
    return order


def cluster(points, k, random):
    """Balanced k-leader-means: the members of each cluster, in order, and its final mean."""
    dimensions = len(points[0])
    size = 2 * len(points) // k
    dimension = random.below(dimensions)
    means, assigned = k_means(points, leaders(points, k, dimension))
    members, final = [], []
    for mean, group in zip(means, assigned):
        distances = [distance(point, mean) for point in points]
        for i in group:
            distances[i] = 0.0
        chosen = merge_sort(distances)[:size]
        members.append(chosen)
        final.append(mean_of([points[i] for i in chosen], dimensions))
    return members, final


def extreme_clusters(means, dimensions, random):
    marks = [-1] * len(means)
    for j in random.ordering(dimensions):
        best = -1
        for c, mean in enumerate(means):
            if marks[c] == -1 and (best == -1 or mean[j] > means[best][j]):
                best = c
        marks[best] = j
    return marks


def entropy(cells, count, number_of_cells):
    counts = {}
    for cell in cells:
        counts[cell] = counts.get(cell, 0) + 1
    last = number_of_cells - 1
    total, before = 0.0, 0.0
    for cell in sorted(set(counts) | {last}):
        cumulative = 1.0 if cell == last else counts[cell] / count + before
        p = cumulative - before if cell > 0 else cumulative
        if p > 0:
            total += -p * (ln(p) / ln(2.0))
        before = cumulative
    return total


def mutual_information(genotypes, lower, sizes):
    n, c = len(lower), len(genotypes)
    columns = [[x[i] - lower[i] for x in genotypes] for i in range(n)]
    single = [entropy(columns[i], c, sizes[i]) for i in range(n)]
    information = [[0.0] * n for _ in range(n)]
    for i in range(n):
        for j in range(i + 1, n):
            cells = [a * sizes[j] + b for a, b in zip(columns[i], columns[j])]
            joint = entropy(cells, c, sizes[i] * sizes[j])
            information[i][j] = information[j][i] = (single[i] + single[j]) - joint
    return information


def linkage_tree(information, random):
    n = len(information)
    order = random.ordering(n)
    sets = [[gene] for gene in order]
    s = [[0.0 if a == b else information[order[a]][order[b]] for b in range(n)] for a in range(n)]
    tree = [list(one) for one in sets]
    length = n
    chain = []

    def nearest(a):
        r = 1 if a == 0 else 0
        for b in range(1, length):
            if b == a:
                continue
            if s[a][b] > s[a][r] or (s[a][b] == s[a][r] and len(sets[b]) < len(sets[r])):
                r = b
        return r

    while length > 1:
        if not chain:
            chain.append(random.below(length))
        while len(chain) < 3:
            chain.append(nearest(chain[-1]))
        while chain[-3] != chain[-1]:
            z = nearest(chain[-1])
            if s[chain[-1]][z] == s[chain[-1]][chain[-2]]:
                z = chain[-2]
            chain.append(z)
        r0, r1 = sorted(chain[-2:])
        del chain[-3:]
        if r1 >= length:
            continue
        union = sets[r0] + sets[r1]
        tree.append(union)
        w0 = len(sets[r0]) / len(union)
        w1 = len(sets[r1]) / len(union)
        for i in range(length):
            if i != r0 and i != r1:
                s[i][r0] = w0 * s[i][r0] + w1 * s[i][r1]
                s[r0][i] = s[i][r0]
        sets[r0] = union
        last = length - 1
        if r1 < last:
            sets[r1] = sets[last]
            for i in range(r1):
                s[i][r1] = s[r1][i] = s[i][last]
            for j in range(r1 + 1, last):
                s[r1][j] = s[j][r1] = s[j][last]
        for i, entry in enumerate(chain):
            if entry == last:
                chain[i] = r1
                break
        length -= 1
    return tree[: 2 * n - 2]


class MoGomea:
    def __init__(self, problem, fitness, on_request, on_generation):
        self.lower = problem["lower"]
        self.sizes = [u - l for l, u in zip(self.lower, problem["upperExclusive"])]
        self.objectives = problem["objectives"]
        self.budget = problem["budget"]
        self.fitness = fitness
        self.on_request = on_request
        self.on_generation = on_generation
        self.random = Generator(problem["seed"])
        self.archive = Archive(problem["archiveTarget"])
        self.known = {}
        self.requests = 0
        self.done = False

    @property
    def evaluations(self):
        return len(self.known)

    def evaluate(self, genotype, population, extreme):
        key = tuple(genotype)
        cached = key in self.known
        if not cached:
            self.known[key] = tuple(self.fitness(key))
        self.requests += 1
        self.on_request(self, cached, population, extreme, key)
        if self.evaluations >= self.budget:
            self.done = True
        return self.known[key]

    def run(self):
        populations = []
        while self.evaluations < self.budget:
            i = 0
            while True:
                if i == len(populations):
                    if i == MAX_POPULATIONS:
                        raise SystemExit("a twenty-first population")
                    populations.append(Population(8 * 2**i, self.objectives + 1 + i))
                population = populations[i]
                if population.steps == 0:
                    self.initialise(population, i)
                else:
                    self.generation(population, i)
                population.steps += 1
                if self.evaluations >= self.budget:
                    return
                i += 1
                if populations[i - 1].steps % 2 == 1:
                    break

    def initialise(self, population, index):
        for _ in range(population.size):
            x = tuple(l + self.random.below(a) for l, a in zip(self.lower, self.sizes))
            f = self.evaluate(x, index, -1)
            self.archive.plain_offer(x, f)
            population.genotypes.append(x)
            population.objectives.append(f)
        population.measure_ranges()

    def generation(self, population, index):
        self.on_generation(self, population, index)
        points = [
            [divide(v, r) for v, r in zip(f, population.ranges)] for f in population.objectives
        ]
        clusters, means = cluster(points, population.clusters, self.random)
        extremes = extreme_clusters(means, self.objectives, self.random)
        trees = []
        for members in clusters:
            genotypes = [population.genotypes[i] for i in members]
            information = mutual_information(genotypes, self.lower, self.sizes)
            trees.append(linkage_tree(information, self.random))
        self.archive.front_changed = False
        offspring = []
        for i in range(population.size):
            containing = [c for c, members in enumerate(clusters) if i in members]
            if containing:
                c = containing[self.random.below(len(containing))]
            else:
                c = smallest([distance(points[i], mean) for mean in means])
            donors = [population.genotypes[member] for member in clusters[c]]
            offspring.append(self.mix(population, index, i, donors, trees[c], extremes[c]))
            if self.done:
                break
        population.stretch = 0 if self.archive.front_changed else population.stretch + 1
        # of a generation cut short nothing is seen again
        for i, (x, f) in enumerate(offspring):
            population.genotypes[i] = x
            population.objectives[i] = f
        population.measure_ranges()
        self.archive.adapt()

    def mix(self, population, index, individual, donors, tree, extreme):
        x, f = population.genotypes[individual], population.objectives[individual]
        changed = False
        for at in self.random.ordering(len(tree)):
            donor = donors[self.random.below(len(donors))]
            y = with_genes(x, donor, tree[at])
            if y == x:
                continue
            g = self.evaluate(y, index, extreme)
            event = self.archive.offer(y, g)
            if extreme >= 0:
                accepted = g[extreme] >= f[extreme]
            else:
                accepted = weakly_dominates(g, f) or event != "dominated"
            if accepted:
                x, f, changed = y, g, True
            if self.done:
                break
        patience = len(str(population.size))
        if self.done or (changed and population.stretch <= patience):
            return x, f
        return self.force(index, x, f, tree, extreme)

    def force(self, index, x, f, tree, extreme):
        elite = self.archive.best(extreme)[0] if extreme >= 0 else None
        for at in self.random.ordering(len(tree)):
            donor = elite
            if extreme < 0:
                donor = self.archive.members[self.random.below(len(self.archive.members))][0]
            y = with_genes(x, donor, tree[at])
            if y == x:
                continue
            g = self.evaluate(y, index, extreme)
            event = self.archive.offer(y, g)
            if g[extreme] > f[extreme] if extreme >= 0 else dominates(g, f) or event == "new":
                return y, g
            if self.done:
                break
        if extreme >= 0:
            return self.archive.best(extreme)
        return self.archive.members[self.random.below(len(self.archive.members))]


def with_genes(x, donor, genes):
    y = list(x)
    for gene in genes:
        y[gene] = donor[gene]
    return tuple(y)
