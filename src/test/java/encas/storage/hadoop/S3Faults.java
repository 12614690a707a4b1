package encas.storage.hadoop;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.handler.HandlerWrapper;

/**
 * What goes wrong between a client and an object store: of all requests every so manyth is told to
 * slow down (503), every so manyth loses its connection before an answer, of all downloads every so
 * manyth loses it in the middle of the body, of all parts of multipart uploads every so manyth
 * fails (500). 0 means never.
 */
public final class S3Faults extends HandlerWrapper {
  /** A kind of fault. */
  public enum Fault {
    SLOW_DOWN,
    CUT,
    CUT_BODY,
    FAILED_PART
  }

  private final Map<Fault, Integer> every;
  private final Map<Fault, AtomicInteger> seen = new ConcurrentHashMap<>();
  private final Map<Fault, AtomicInteger> injected = new ConcurrentHashMap<>();

  public S3Faults(Map<Fault, Integer> every) {
    this.every = Map.copyOf(every);
  }

  public static S3Faults none() {
    return new S3Faults(Map.of());
  }

  /** How many faults of this kind there were so far. */
  public int injected(Fault fault) {
    return counter(injected, fault).get();
  }

  private static AtomicInteger counter(Map<Fault, AtomicInteger> counters, Fault fault) {
    return counters.computeIfAbsent(fault, f -> new AtomicInteger());
  }

  private boolean due(Fault fault) {
    int period = every.getOrDefault(fault, 0);
    if (period == 0 || counter(seen, fault).incrementAndGet() % period != 0) {
      return false;
    }
    counter(injected, fault).incrementAndGet();
    return true;
  }

  @Override
  public void handle(
      String target, Request base, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    boolean part = request.getMethod().equals("PUT") && request.getParameter("partNumber") != null;
    if (part && due(Fault.FAILED_PART)) {
      refuse(base, response, 500, "InternalError");
    } else if (due(Fault.SLOW_DOWN)) {
      refuse(base, response, 503, "SlowDown");
    } else if (due(Fault.CUT)) {
      base.setHandled(true);
      base.getHttpChannel().abort(new IOException("cut"));
    } else if (request.getMethod().equals("GET")
        && request.getHeader("Range") != null
        && due(Fault.CUT_BODY)) {
      super.handle(target, base, request, new CutShort(response, base));
    } else {
      super.handle(target, base, request, response);
    }
  }

  private static void refuse(Request base, HttpServletResponse response, int status, String code)
      throws IOException {
    base.setHandled(true);
    // Read to its end, or the connection could not be used again.
    base.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    response.setStatus(status);
    response.setContentType("application/xml");
    response
        .getOutputStream()
        .write(
            ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>"
                    + code
                    + "</Code><Message>Please try again.</Message></Error>")
                .getBytes(StandardCharsets.UTF_8));
  }

  /** Loses the connection after half of what is written at once. */
  private static final class CutShort extends HttpServletResponseWrapper {
    private final Request base;

    CutShort(HttpServletResponse response, Request base) {
      super(response);
      this.base = base;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
      ServletOutputStream out = super.getOutputStream();
      return new ServletOutputStream() {
        @Override
        public void write(int value) throws IOException {
          write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
          out.write(bytes, from, count / 2);
          out.flush();
          IOException cut = new IOException("cut");
          base.getHttpChannel().abort(cut);
          throw cut;
        }

        @Override
        public boolean isReady() {
          return out.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
          out.setWriteListener(listener);
        }
      };
    }
  }
}
