package dev.pagurus.store.tck;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The rooms of the kit: what authors use stands at the top and knows nothing beneath it, but for what puts the kit
 * together.
 */
@AnalyzeClasses(packages = "dev.pagurus.store.tck", importOptions = DoNotIncludeTests.class)
class KitArchitectureTest {

    private static final String HERE = "dev.pagurus.store.tck";

    private static final DescribedPredicate<JavaClass> WHAT_PUTS_IT_TOGETHER =
            new DescribedPredicate<>("put it together") {
                @Override
                public boolean test(JavaClass type) {
                    return isOneOf(type, StoreTck.class, HostPrograms.class, ContractExtension.class);
                }
            };

    @ArchTest
    static final ArchRule whatAuthorsUseKnowsNothingBeneath = noClasses()
            .that(resideInAPackage(HERE).and(not(WHAT_PUTS_IT_TOGETHER)))
            .should()
            .dependOnClassesThat(resideInAPackage(HERE + ".*.."));

    @ArchTest
    static final ArchRule noRoomLeadsBackToItself =
            slices().assignedFrom(new Rooms()).should().beFreeOfCycles();

    /** On the module path JUnit calls no test in a package that is not open to it. */
    @ArchTest
    static void eachRoomWithTestsIsOpenToJunit(JavaClasses all) throws Exception {
        Set<String> open = new HashSet<>();
        Path classes = Path.of(StoreTck.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (InputStream in = Files.newInputStream(classes.resolve("module-info.class"))) {
            for (ModuleDescriptor.Opens opens : ModuleDescriptor.read(in).opens()) {
                if (opens.targets().contains("org.junit.platform.commons")) {
                    open.add(opens.source());
                }
            }
        }
        assertThat(Arrays.stream(StoreTck.class.getDeclaredClasses())
                        .map(group -> group.getSuperclass().getPackageName())
                        .distinct())
                .as("packages of tests, all of which are open to JUnit")
                .isNotEmpty()
                .isSubsetOf(open);
    }

    private static boolean isOneOf(JavaClass type, Class<?>... tops) {
        return belongToAnyOf(tops).test(type);
    }

    /** Each package is a room; what puts the kit together stands in front of them. */
    private static final class Rooms implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(WHAT_PUTS_IT_TOGETHER.test(type) ? "the front" : type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "rooms";
        }
    }
}
