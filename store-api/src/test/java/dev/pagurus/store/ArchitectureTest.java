package dev.pagurus.store;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
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
import dev.pagurus.store.internal.OpenStore;
import dev.pagurus.store.internal.copy.Moves;
import dev.pagurus.store.spi.StoreProvider;

/**
 * The layers: the API knows nothing beneath it, the SPI knows the API, and what is between them knows both. The one knot
 * is {@link Stores}, which puts them together; a {@link StoreConfig} may name a provider instead of having it looked for.
 */
@AnalyzeClasses(packages = "dev.pagurus.store", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String API = "dev.pagurus.store";
    private static final String SPI = "dev.pagurus.store.spi";
    private static final String INTERNAL = "dev.pagurus.store.internal";

    @ArchTest
    static final ArchRule theApiKnowsNothingBeneathIt = noClasses()
            .that(resideInAPackage(API).and(not(belongToAnyOf(Stores.class))))
            .should()
            .dependOnClassesThat(resideInAnyPackage(SPI, INTERNAL + "..").and(not(belongToAnyOf(StoreProvider.class))));

    @ArchTest
    static final ArchRule onlyTheConfigurationNamesAProvider = noClasses()
            .that(resideInAPackage(API).and(not(belongToAnyOf(Stores.class, StoreConfig.class))))
            .should()
            .dependOnClassesThat(belongToAnyOf(StoreProvider.class));

    @ArchTest
    static final ArchRule theSpiKnowsNothingOfTheInside = noClasses()
            .that()
            .resideInAPackage(SPI + "..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(INTERNAL + "..");

    /** It is for authors of stores who like; nobody else loads a class of it. */
    @ArchTest
    static final ArchRule nothingHereNeedsTheRoomForStoresOverJdbc = noClasses()
            .that()
            .resideOutsideOfPackage(SPI + ".jdbc")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(SPI + ".jdbc");

    @ArchTest
    static final ArchRule stepsInsideByOneDoorForStoresAndOneForMoves = noClasses()
            .that(belongToAnyOf(Stores.class))
            .should()
            .dependOnClassesThat(
                    resideInAPackage(INTERNAL + "..").and(not(belongToAnyOf(OpenStore.class, Moves.class))));

    @ArchTest
    static final ArchRule noRoomLeadsBackToItself = slices().assignedFrom(new Rooms())
            .should()
            .beFreeOfCycles()
            .ignoreDependency(StoreConfig.class, StoreProvider.class)
            .ignoreDependency(StoreConfig.Builder.class, StoreProvider.class);

    @ArchTest
    static final ArchRule noEngineIsNamedHere = noClasses().should().haveSimpleNameContaining("Sqlite");

    @ArchTest
    static final ArchRule onlyTheJacksonCodecAndExportsNeedJackson = noClasses()
            .that()
            .haveNameNotMatching(".*\\.(JacksonCodec|Codec|(Json|Strict)[A-Z].*|Export[A-Z][a-z]+)")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("tools.jackson..");

    /** It is not in every JDK, nor in every graph of modules. */
    @ArchTest
    static final ArchRule onlyTheRecordingNeedsTheFlightRecorder = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Recording")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.jfr..");

    @ArchTest
    static final ArchRule shipsOnSlf4jAlone = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    API + "..",
                    "java..",
                    "javax.sql..",
                    "org.slf4j..",
                    "org.jspecify..",
                    "tools.jackson..",
                    "jdk.jfr..",
                    "com.fasterxml.jackson.annotation..");

    @ArchTest
    static final ArchRule callersWaitOnLocksThatVirtualThreadsCanLeave =
            methods().should().notHaveModifier(JavaModifier.SYNCHRONIZED);

    @ArchTest
    static final ArchRule everyClassSaysWhatItIs =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)");

    /** Each package is a room; {@link Stores} stands in front of them. */
    private static final class Rooms implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.isEquivalentTo(Stores.class) ? "the door" : type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "rooms";
        }
    }
}
