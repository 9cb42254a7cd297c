package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.StoreTck;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The kit, run against the mutant that the run's parameters name; not a test of its own. */
@ExtendWith(MutantTck.Named.class)
final class MutantTck extends StoreTck {

    private static final String GROUP = "pagurus.mutant.group";
    private static final String NAME = "pagurus.mutant.name";

    private final StoreFixture fixture;

    MutantTck(StoreFixture fixture) {
        this.fixture = fixture;
    }

    /** Names a mutant. Names and not objects, because in a {@link MutantLoader} there are other classes of these names. */
    static Map<String, String> parameters(Mutation mutation) {
        return Map.of(GROUP, mutation.method().getDeclaringClass().getName(), NAME, mutation.name());
    }

    @Override
    protected StoreFixture fixture() {
        return fixture;
    }

    /** Makes the mutant, once for a run. */
    static final class Named implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == StoreFixture.class;
        }

        @Override
        public StoreFixture resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(Namespace.create(MutantTck.class))
                    .computeIfAbsent(StoreFixture.class, first -> fixture(context), StoreFixture.class);
        }

        private static StoreFixture fixture(ExtensionContext context) {
            String name = context.getConfigurationParameter(NAME).orElseThrow();
            try {
                Mutant mutant = (Mutant)
                        Class.forName(context.getConfigurationParameter(GROUP).orElseThrow())
                                .getDeclaredMethod(name)
                                .invoke(null);
                return mutant.fixture("mutants/" + name);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(name, e);
            }
        }
    }
}
