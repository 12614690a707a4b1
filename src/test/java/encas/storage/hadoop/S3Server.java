package encas.storage.hadoop;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.shaded.org.eclipse.jetty.server.Server;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.domain.StorageMetadata;
import org.jclouds.blobstore.options.ListContainerOptions;

/** A server of S3 in this JVM, its objects in memory, with faults on demand. */
public final class S3Server implements AutoCloseable {
  /** The only bucket. */
  public static final String BUCKET = "bucket";

  private final BlobStoreContext context;
  private final S3Proxy proxy;
  private final String key;
  private final String secret;

  /**
   * Starts it on any free port of the loopback address.
   *
   * @param faults what goes wrong; {@link S3Faults#none} for a sound server
   */
  public S3Server(String key, String secret, S3Faults faults) throws Exception {
    this.key = key;
    this.secret = secret;
    context =
        ContextBuilder.newBuilder("transient")
            .credentials(key, secret)
            .overrides(new Properties())
            .build(BlobStoreContext.class);
    proxy =
        S3Proxy.builder()
            .blobStore(blobs())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, key, secret)
            .build();
    // It offers no way to its own HTTP server.
    Field server = S3Proxy.class.getDeclaredField("server");
    server.setAccessible(true);
    ((Server) server.get(proxy)).insertHandler(faults);
    proxy.start();
    while (!proxy.getState().equals("STARTED")) {
      Thread.onSpinWait();
    }
    blobs().createContainerInLocation(null, BUCKET);
  }

  private BlobStore blobs() {
    return context.getBlobStore();
  }

  /** The {@code fs.s3a.*} keys that name this server and its credentials. */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("fs.s3a.endpoint", "http://127.0.0.1:" + proxy.getPort());
    settings.put("fs.s3a.endpoint.region", "us-east-1");
    settings.put("fs.s3a.path.style.access", "true");
    settings.put("fs.s3a.connection.ssl.enabled", "false");
    settings.put(
        "fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
    settings.put("fs.s3a.access.key", key);
    settings.put("fs.s3a.secret.key", secret);
    return settings;
  }

  /** Stores a folder's files under {@code s3a://bucket/PREFIX/}, past all faults. */
  public void upload(Path folder, String prefix) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        put(prefix + "/" + folder.relativize(file), Files.readAllBytes(file));
      }
    }
  }

  public void put(String name, byte[] bytes) {
    blobs().putBlob(BUCKET, blobs().blobBuilder(name).payload(bytes).build());
  }

  public byte[] get(String name) throws IOException {
    try (InputStream in = blobs().getBlob(BUCKET, name).getPayload().openStream()) {
      return in.readAllBytes();
    }
  }

  /** Every object, by its name. */
  public Map<String, byte[]> objects() throws IOException {
    Map<String, byte[]> objects = new LinkedHashMap<>();
    ListContainerOptions all = ListContainerOptions.Builder.recursive().maxResults(100_000);
    for (StorageMetadata object : blobs().list(BUCKET, all)) {
      objects.put(object.getName(), get(object.getName()));
    }
    return objects;
  }

  @Override
  public void close() {
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    context.close();
  }
}
