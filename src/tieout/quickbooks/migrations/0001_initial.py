import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tieout.clock


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("subledger", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="WebhookEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="subledger.company"
                    ),
                ),
                ("event_id", models.CharField(max_length=100)),
                ("entity", models.CharField(max_length=60)),
                ("qbo_id", models.CharField(max_length=40)),
                ("operation", models.CharField(max_length=60)),
                ("merged_id", models.CharField(blank=True, max_length=40)),
                ("changed_at", models.DateTimeField()),
                ("received_at", models.DateTimeField(default=tieout.clock.now)),
                ("seen", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("seen", False)), fields=["company"], name="webhook_event_unseen"),
                    models.Index(fields=["company", "received_at"], name="webhook_event_newest"),
                    models.Index(fields=["received_at"], name="webhook_event_age"),
                ],
                "constraints": [models.UniqueConstraint(fields=("company", "event_id"), name="webhook_event_once")],
            },
        ),
        migrations.CreateModel(
            name="StrayRealm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("realm_id", models.CharField(max_length=40, unique=True)),
                ("events", models.PositiveBigIntegerField(default=0)),
                ("last_at", models.DateTimeField(default=tieout.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name="Connection",
            fields=[
                (
                    "company",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="connection",
                        serialize=False,
                        to="subledger.company",
                    ),
                ),
                ("realm_id", models.CharField(max_length=30, unique=True)),
                ("company_name", models.CharField(blank=True, max_length=200)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("set_up_unfinished", "Set-up unfinished"),
                            ("connected", "Connected"),
                            ("needs_reconnecting", "Needs reconnecting"),
                            ("disabled", "Switched off"),
                            ("disconnected", "Not connected"),
                        ],
                        default="set_up_unfinished",
                        max_length=20,
                    ),
                ),
                ("cause", models.CharField(blank=True, max_length=20)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("since", models.DateTimeField(null=True)),
                ("outage", models.CharField(blank=True, max_length=300)),
                ("outage_since", models.DateTimeField(null=True)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("retry_at", models.DateTimeField(null=True)),
                ("set_up_step", models.CharField(blank=True, max_length=20)),
                ("sandbox", models.CharField(blank=True, max_length=200)),
                ("client_id", models.CharField(max_length=200)),
                ("client_secret", models.BinaryField(default=bytes)),
                ("access_token", models.BinaryField(default=bytes)),
                ("refresh_token", models.BinaryField(default=bytes)),
                ("access_expires_at", models.DateTimeField(null=True)),
                ("refresh_expires_at", models.DateTimeField(null=True)),
                ("hard_expires_at", models.DateTimeField(null=True)),
                ("renewing_until", models.DateTimeField(null=True)),
                ("connected_at", models.DateTimeField(null=True)),
                (
                    "connected_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="subledger.company"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("connected", "Connected"),
                            ("set_up", "Set-up finished"),
                            ("reconnected", "Reconnected"),
                            ("lost", "Access lost"),
                            ("disabled", "Switched off"),
                            ("enabled", "Switched on"),
                            ("disconnected", "Disconnected"),
                            ("links_forgotten", "Links forgotten"),
                            ("outage", "QuickBooks out of reach"),
                            ("back", "QuickBooks answers again"),
                            ("sync_from", "Sync From changed"),
                        ],
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField(default=tieout.clock.now)),
                ("by", models.CharField(blank=True, max_length=254)),
                ("words", models.CharField(blank=True, max_length=300)),
                ("told", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["company", "-id"], name="event_newest"),
                    models.Index(condition=models.Q(("told", False)), fields=["what"], name="event_untold"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsentAsked",
            fields=[
                ("state_hash", models.CharField(max_length=64, primary_key=True, serialize=False)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="subledger.company"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("session_hash", models.CharField(max_length=64)),
                ("redirect_uri", models.CharField(max_length=200)),
                ("sandbox", models.CharField(blank=True, max_length=200)),
                ("asked_at", models.DateTimeField(default=tieout.clock.now)),
            ],
        ),
    ]
