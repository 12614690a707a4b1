package encas.dataset;

/**
 * One labelled picture of a split.
 *
 * @param index 0-based position in the split
 * @param label class, 0-based; -1 if unknown
 */
public record Sample(long index, int label, Image image) {}
