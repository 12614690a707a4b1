package encas;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The data flow that the folders show, held: nouns below verbs, libraries where their job is. */
class HouseRulesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("encas");

  private static final String[] VERBS = {
    "encas.inference..", "encas.search..", "encas.assessment..", "encas.report.."
  };

  static final ArchRule top_level_packages_have_no_cycles =
      slices().matching("encas.(*)..").should().beFreeOfCycles();

  static final ArchRule inference_imports_no_other_verb = imports_no_other_verb(0);

  static final ArchRule search_imports_no_other_verb = imports_no_other_verb(1);

  static final ArchRule assessment_imports_no_other_verb = imports_no_other_verb(2);

  static final ArchRule report_imports_no_other_verb = imports_no_other_verb(3);

  @TestFactory
  Stream<DynamicTest> rules() {
    return Arrays.stream(HouseRulesTest.class.getDeclaredFields())
        .filter(field -> field.getType() == ArchRule.class)
        .map(
            field ->
                DynamicTest.dynamicTest(
                    field.getName(), () -> ((ArchRule) field.get(null)).check(CLASSES)));
  }

  private static ArchRule imports_no_other_verb(int verb) {
    String[] others = new String[VERBS.length - 1];
    for (int i = 0, to = 0; i < VERBS.length; i++) {
      if (i != verb) {
        others[to++] = VERBS[i];
      }
    }
    return noClasses()
        .that()
        .resideInAPackage(VERBS[verb])
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others);
  }

  static final ArchRule nouns_import_no_verb =
      noClasses()
          .that(not(resideInAnyPackage(VERBS)).and(not(resideInAnyPackage("encas.cli.."))))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(VERBS);

  static final ArchRule the_command_line_is_imported_by_none =
      noClasses()
          .that()
          .resideOutsideOfPackage("encas.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("encas.cli..");

  static final ArchRule cluster_types_stay_in_spark_and_hadoop_packages =
      noClasses()
          .that()
          .resideOutsideOfPackages("..spark..", "..hadoop..", "encas.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.spark..", "org.apache.hadoop..", "org.apache.parquet..", "scala..");

  static final ArchRule djl_stays_in_djl_packages =
      noClasses()
          .that()
          .resideOutsideOfPackage("..djl..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  static final ArchRule the_evolutionary_algorithms_know_nothing_of_cascades_models_or_data =
      classes()
          .that()
          .resideInAPackage("encas.moea..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "encas.moea..", "encas.failure..", "java..", "org.apache.commons.math3..");

  static final ArchRule native_libraries_are_called_where_pictures_are_decoded =
      noClasses()
          .that()
          .resideOutsideOfPackage("encas.dataset.image..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.sun.jna..", "org.bytedeco..");

  static final ArchRule jackson_stays_where_files_are_read_and_written =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "encas.config..",
              "encas.pool..",
              "encas.outputs..",
              "encas.front..",
              "encas.search.checkpoint..",
              "encas.report..",
              "encas.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml.jackson..");

  static final ArchRule commons_math_stays_where_numbers_are_judged =
      noClasses()
          .that(not(resideInAnyPackage("encas.moea..", "encas.assessment..", "encas.report..")))
          .should()
          .dependOnClassesThat(resideInAPackage("org.apache.commons.math3.."));

  static final ArchRule results_depend_on_no_ambient_randomness_or_clock =
      noClasses()
          .that()
          .resideInAnyPackage("encas.moea..", "encas.search..", "encas.evaluation..")
          .should()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callConstructor(Random.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(ThreadLocalRandom.class);

  static final ArchRule static_fields_are_final =
      fields().that().areStatic().and().areNotFinal().should().notBeStatic().allowEmptyShould(true);

  static final ArchRule names_say_what_a_class_is =
      noClasses()
          .should()
          .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)(\\$.*)?")
          .orShould()
          .resideInAnyPackage("..util..", "..utils..", "..common..", "..misc..");
}
