package dev.pagurus.store.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is made of conditions as a whole knows every kind of them. */
class ConditionTest {

    @Test
    void everyKindOfConditionNamesItsField() throws Exception {
        for (Class<?> kind : Condition.class.getPermittedSubclasses()) {
            RecordComponent[] parts = kind.getRecordComponents();
            Object[] values =
                    Arrays.stream(parts).map(part -> value(part.getName())).toArray();
            Class<?>[] types =
                    Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Condition condition = (Condition) kind.getDeclaredConstructor(types).newInstance(values);
            assertThat(Condition.fieldsOf(List.of(condition)))
                    .as("the fields of a %s", kind.getSimpleName())
                    .containsExactly("f");
        }
    }

    private static Object value(String component) {
        return switch (component) {
            case "operator" -> Condition.Operator.EQ;
            case "values" -> List.of("v");
            case "conditions" -> List.of(new Condition.IsNull("f"));
            default -> component.equals("field") ? "f" : "v";
        };
    }
}
