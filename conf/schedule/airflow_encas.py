"""Airflow: precompute on GPUs, then search, assess and report without them, every night.

Needs the provider package apache-airflow-providers-apache-spark (4.7 or later, for properties_file) and a connection
"spark_default" that names the master. The jar is target/encas-all.jar (mvn -Pcluster package); the property files are
conf/spark/*.conf; both where the Airflow worker sees them. Credentials belong in the worker's environment or in a secrets
backend, never in this file: Airflow shows it, and what it renders, to its users.
"""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator

HOME = "/opt/encas"
RUN = "s3a://bucket/runs/imagenet.yaml"


def step(verb: str, profile: str, *arguments: str) -> SparkSubmitOperator:
    """One verb as one Spark application with the settings of a profile."""
    return SparkSubmitOperator(
        task_id=verb,
        name=f"encas-{verb}",
        conn_id="spark_default",
        application=f"{HOME}/target/encas-all.jar",
        java_class="encas.cli.Encas",
        properties_file=f"{HOME}/conf/spark/{profile}.conf",
        application_args=[verb, "--run", RUN, *arguments],
    )


with DAG(
    dag_id="encas",
    schedule="15 1 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    # A retry goes on where the failed one ended. Longer than the lease of a holder that has died.
    default_args={"retries": 2, "retry_delay": timedelta(minutes=5)},
) as dag:
    # Exit code 4, some models left out, counts as failed here: set on-model-failure: stop, or look at the log.
    precompute = step("precompute", "standalone-gpu")
    search = step("search", "standalone", "--set", "search.models=available")
    assess = step("assess", "standalone")
    report = step("report", "standalone")
    # A few models left out after all retries are no reason to search nothing.
    search.trigger_rule = "all_done"
    precompute >> search >> assess >> report
