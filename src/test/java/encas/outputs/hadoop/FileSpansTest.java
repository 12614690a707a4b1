package encas.outputs.hadoop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FileSpansTest {
  @Test
  void few_files_are_asked_and_none_twice() {
    List<Integer> asked = new ArrayList<>();
    FileSpans spans =
        new FileSpans(
            10_000,
            n -> {
              asked.add(n);
              return new FileSpan("f" + n, 100L * n, 100L * n + 99);
            });
    for (int repeat = 0; repeat < 2; repeat++) {
      List<String> found =
          spans.overlapping(765_450, 765_700).stream().map(FileSpan::file).toList();
      assertEquals(List.of("f7654", "f7655", "f7656"), found);
    }
    assertTrue(asked.size() <= 18, asked.size() + " of 10,000 were asked");
    assertEquals(asked.size(), asked.stream().distinct().count());
  }

  @Test
  void the_files_found_are_those_that_asking_all_finds() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      List<FileSpan> all = new ArrayList<>();
      long next = 0;
      int files = random.nextInt(12);
      for (int n = 0; n < files; n++) {
        long first = next + random.nextInt(4);
        next = first + 1 + random.nextInt(5);
        all.add(
            switch (random.nextInt(6)) {
              case 0 -> new FileSpan("f" + n, Long.MAX_VALUE, Long.MIN_VALUE); // no row
              case 1 -> new FileSpan("f" + n, 0, Long.MAX_VALUE); // not known
              default -> new FileSpan("f" + n, first, next - 1);
            });
      }
      FileSpans spans = new FileSpans(files, all::get);
      for (int range = 0; range < 10; range++) {
        long from = random.nextInt(60);
        long to = from + 1 + random.nextInt(20);
        List<FileSpan> wanted =
            IntStream.range(0, files)
                .mapToObj(all::get)
                .filter(span -> span.overlaps(from, to))
                .toList();
        List<FileSpan> found = spans.overlapping(from, to);
        // A file that may hold anything is left out where its neighbours show that it does not.
        assertTrue(wanted.containsAll(found), "seed " + seed);
        assertEquals(
            wanted.stream().filter(span -> span.last() != Long.MAX_VALUE).toList(),
            found.stream().filter(span -> span.last() != Long.MAX_VALUE).toList(),
            "seed " + seed + ", samples " + from + " to " + to);
      }
    }
  }
}
