package dev.pagurus.store.postgres;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** A store uses the API and the SPI, its driver, its pool, and nothing else. */
@AnalyzeClasses(packages = "dev.pagurus.store.postgres", importOptions = DoNotIncludeTests.class)
class PostgresArchitectureTest {

    private static final String HERE = "dev.pagurus.store.postgres";

    @ArchTest
    static final ArchRule usesOnlyTheApiAndTheSpi = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    HERE + "..",
                    "dev.pagurus.store",
                    "dev.pagurus.store.spi",
                    "java..",
                    "javax..",
                    "org.postgresql..",
                    "com.zaxxer.hikari..",
                    "org.slf4j..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule onlyTheProviderIsPublicWhereUsersLook = classes()
            .that()
            .resideInAPackage(HERE)
            .and()
            .doNotHaveSimpleName("PostgresStoreProvider")
            .should()
            .notBePublic();

    @ArchTest
    static final ArchRule noRoomLeadsBackToItself =
            slices().assignedFrom(new Rooms()).should().beFreeOfCycles();

    @ArchTest
    static final ArchRule callersWaitOnLocksThatVirtualThreadsCanLeave =
            methods().should().notHaveModifier(JavaModifier.SYNCHRONIZED);

    @ArchTest
    static final ArchRule theDriverIsMadeAndNotLookedUp =
            noClasses().should().dependOnClassesThat().haveFullyQualifiedName("java.sql.DriverManager");

    @ArchTest
    static final ArchRule everyClassSaysWhatItIs =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)");

    /** Each package is a room. */
    private static final class Rooms implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "rooms";
        }
    }
}
