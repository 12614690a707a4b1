package encas.pool;

import java.io.Serializable;
import java.net.URI;
import java.util.List;

/**
 * The models a cascade may be made of, in a fixed order: gene g of a cascade is model g - 1 of the
 * pool.
 *
 * @param classNames absolute URI of a text file with one name a line, or null
 */
public record ModelPool(String name, int classes, URI classNames, List<ModelCard> models)
    implements Serializable {}
