package encas.inference;

/** A Spark job of a {@link PlayedPlan}: a model's, or of a group's pixels if there is no work. */
final class PlayedJob {
  final OfGroup group;
  final Work work;
  final int tasks;
  int started;
  int ended;
  boolean admitted;

  /** A group's models that have not ended, and whether its pixels are there. */
  static final class OfGroup {
    final ModelGroup of;
    final double decodeShare;
    int open;
    boolean decoded;

    OfGroup(ModelGroup group) {
      this.of = group;
      this.decodeShare = (double) group.toDecode() / Math.max(1, group.rows());
      this.open = group.work().size();
      this.decoded = !group.shared();
    }
  }

  PlayedJob(OfGroup group, Work work) {
    this.group = group;
    this.work = work;
    this.tasks = work == null ? group.of.chunks() : work.shards();
  }

  /** True if a device could take a task of it now. */
  boolean ready() {
    return started < tasks && (work == null ? admitted : group.decoded);
  }
}
