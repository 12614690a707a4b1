package encas.pool;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.storage.hadoop.HadoopStore;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFilesTest {
  @ParameterizedTest
  @ValueSource(strings = {"nosuch", "gs"})
  void a_scheme_that_no_file_system_has_is_the_models_own_fault(String scheme) {
    ModelCard card =
        Cards.withUri(Cards.imported("away", 1), URI.create(scheme + "://bucket/away.onnx"));
    var fault =
        assertThrows(
            ModelFaultException.class,
            () -> ModelFiles.fetch(card, new HadoopStore(new Configuration())));
    assertTrue(fault.getMessage().contains("scheme " + scheme), fault.getMessage());
  }
}
