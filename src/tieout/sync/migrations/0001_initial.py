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
            name="LinkCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "company",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="subledger.company",
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("status", models.CharField(max_length=10)),
                ("state", models.CharField(max_length=10)),
                ("reason", models.CharField(max_length=60)),
                ("number", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Policy",
            fields=[
                (
                    "company",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="policy",
                        serialize=False,
                        to="subledger.company",
                    ),
                ),
                ("sync_from", models.DateField()),
                ("connected_at", models.DateTimeField(default=tieout.clock.now)),
                ("connected_version", models.BigIntegerField(default=0)),
                ("open_items", models.BooleanField(default=True)),
                (
                    "contacts",
                    models.CharField(
                        choices=[("with_documents", "Accounts with invoices or payments"), ("all", "All accounts")],
                        default="with_documents",
                        max_length=20,
                    ),
                ),
                (
                    "tax",
                    models.CharField(
                        choices=[("quickbooks", "QuickBooks computes it"), ("ours", "We send ours")],
                        default="quickbooks",
                        max_length=20,
                    ),
                ),
                (
                    "numbers",
                    models.CharField(
                        choices=[("theirs_replace", "QuickBooks' number replaces ours"), ("ours_sent", "Ours is sent")],
                        default="ours_sent",
                        max_length=20,
                    ),
                ),
                (
                    "conflicts",
                    models.CharField(
                        choices=[("ask", "Ask"), ("ours", "Ours wins"), ("theirs", "QuickBooks wins")],
                        default="ask",
                        max_length=10,
                    ),
                ),
                ("conflicts_by_group", models.JSONField(blank=True, default=dict)),
                ("mass_count", models.PositiveIntegerField(default=10)),
                ("mass_percent", models.PositiveIntegerField(default=5)),
                ("custom_numbers", models.BooleanField(default=False)),
                ("lock_date", models.DateField(blank=True, null=True)),
                ("interval_minutes", models.PositiveIntegerField(default=20)),
                (
                    "deposit_account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="subledger.account",
                    ),
                ),
                ("batch_from", models.PositiveIntegerField(default=60)),
            ],
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="subledger.company"
                    ),
                ),
                (
                    "trigger",
                    models.CharField(
                        choices=[
                            ("automatic", "Automatic"),
                            ("on_demand", "On Demand"),
                            ("manual", "Manual"),
                            ("webhook", "Webhook"),
                            ("connect", "Connect"),
                        ],
                        max_length=10,
                    ),
                ),
                ("by", models.CharField(blank=True, max_length=254)),
                ("only", models.TextField(blank=True)),
                ("started_at", models.DateTimeField(default=tieout.clock.now)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ending",
                    models.CharField(
                        choices=[
                            ("running", "Running"),
                            ("done", "Done"),
                            ("stopped", "Stopped"),
                            ("broken", "Broken"),
                        ],
                        default="running",
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=60)),
                ("details", models.TextField(blank=True)),
                ("progress", models.JSONField(default=dict)),
                ("kind", models.CharField(blank=True, max_length=20)),
                ("found_error", models.BooleanField(default=False)),
                ("calls_core", models.PositiveIntegerField(default=0)),
                ("calls_core_plus", models.PositiveIntegerField(default=0)),
                ("writes", models.PositiveIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["company", "-started_at"], name="run_newest")],
            },
        ),
        migrations.CreateModel(
            name="Cursor",
            fields=[
                (
                    "company",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="cursor",
                        serialize=False,
                        to="subledger.company",
                    ),
                ),
                ("theirs", models.DateTimeField(null=True)),
                ("ours", models.BigIntegerField(default=0)),
                ("checked_at", models.DateTimeField(null=True)),
                ("in_full", models.BooleanField(default=True)),
                ("wanted", models.BooleanField(default=False)),
                (
                    "wanted_trigger",
                    models.CharField(
                        choices=[
                            ("automatic", "Automatic"),
                            ("on_demand", "On Demand"),
                            ("manual", "Manual"),
                            ("webhook", "Webhook"),
                            ("connect", "Connect"),
                        ],
                        default="on_demand",
                        max_length=10,
                    ),
                ),
                ("wanted_by", models.CharField(blank=True, max_length=254)),
                ("wanted_only", models.TextField(blank=True)),
                ("next_run_at", models.DateTimeField(null=True)),
                ("not_before", models.DateTimeField(null=True)),
                ("tries", models.PositiveIntegerField(default=0)),
                ("owner", models.CharField(blank=True, max_length=100)),
                ("fence", models.BigIntegerField(default=0)),
                ("held_until", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Seen",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="subledger.company"
                    ),
                ),
                ("entity", models.CharField(max_length=30)),
                ("qbo_id", models.CharField(max_length=40)),
                ("sync_token", models.CharField(max_length=20)),
                ("updated_at", models.DateTimeField()),
                ("created_at", models.DateTimeField(null=True)),
                ("read_at", models.DateTimeField()),
                ("body", models.BinaryField()),
                ("deleted", models.BooleanField(default=False)),
                ("pending", models.BooleanField(default=True)),
                ("name", models.CharField(blank=True, max_length=500)),
                ("number", models.CharField(blank=True, max_length=40)),
                ("contact", models.CharField(blank=True, max_length=40)),
                ("date", models.DateField(null=True)),
                ("total", models.DecimalField(decimal_places=4, max_digits=19, null=True)),
                ("balance", models.DecimalField(decimal_places=4, max_digits=19, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("pending", True)), fields=["company", "entity"], name="seen_pending"
                    ),
                    models.Index(fields=["company", "entity", "name"], name="seen_by_name"),
                    models.Index(fields=["company", "entity", "number"], name="seen_by_number"),
                    models.Index(fields=["company", "entity", "contact", "date"], name="seen_by_contact"),
                ],
                "constraints": [models.UniqueConstraint(fields=("company", "entity", "qbo_id"), name="seen_once")],
            },
        ),
        migrations.CreateModel(
            name="Task",
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
                            ("tie_out", "Tie-out"),
                            ("unlink", "Unlink records"),
                            ("relink", "Link records"),
                            ("try_again", "Try again"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("asked", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "Running"), ("done", "Done"), ("broken", "Broken")],
                        default="running",
                        max_length=10,
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("report", models.TextField(blank=True)),
                ("started_at", models.DateTimeField(default=tieout.clock.now)),
                ("moved_at", models.DateTimeField(default=tieout.clock.now)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["company", "what", "-started_at"], name="task_newest")],
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="subledger.company"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("entity", models.CharField(max_length=30)),
                ("record_id", models.BigIntegerField(null=True)),
                ("qbo_id", models.CharField(max_length=40, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "new"),
                            ("candidate", "candidate"),
                            ("uncertain", "uncertain"),
                            ("agreed", "agreed"),
                            ("waiting", "waiting"),
                            ("held", "held"),
                            ("conflict", "conflict"),
                            ("gone", "gone"),
                            ("void", "void"),
                            ("skipped", "skipped"),
                            ("unlinked", "unlinked"),
                        ],
                        default="new",
                        max_length=10,
                    ),
                ),
                ("base_ours", models.TextField(blank=True)),
                ("base_theirs", models.TextField(blank=True)),
                ("our_version", models.BigIntegerField(default=0)),
                ("sync_token", models.CharField(blank=True, max_length=20)),
                ("generation", models.PositiveIntegerField(default=1)),
                ("due", models.BooleanField(default=False)),
                ("inactive", models.BooleanField(default=False)),
                ("stub", models.BooleanField(default=False)),
                ("own_name", models.CharField(blank=True, default="", max_length=500)),
                ("not_before", models.DateTimeField(null=True)),
                ("tries", models.PositiveIntegerField(default=0)),
                ("undo_act", models.CharField(blank=True, default="", max_length=10)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("synced", "Synced"),
                            ("not_synced", "Not synced"),
                            ("skipped", "Skipped"),
                            ("failed", "Failed"),
                            ("syncing", "Syncing"),
                        ],
                        default="not_synced",
                        max_length=10,
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        blank=True,
                        choices=[("outgoing", "Outgoing"), ("incoming", "Incoming"), ("", "")],
                        default="",
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=60)),
                ("details", models.TextField(blank=True)),
                ("facts", models.JSONField(default=dict)),
                ("failing_since", models.DateTimeField(null=True)),
                ("attempted_at", models.DateTimeField(default=tieout.clock.now)),
                ("agreed_at", models.DateTimeField(null=True)),
                (
                    "set_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("set_at", models.DateTimeField(null=True)),
                ("set_because", models.CharField(blank=True, max_length=500)),
                ("apart_from", models.JSONField(blank=True, default=list)),
                ("chosen", models.BooleanField(default=False)),
                ("number", models.CharField(blank=True, max_length=21)),
                ("name", models.CharField(blank=True, max_length=500)),
                ("date", models.DateField(null=True)),
                ("total", models.DecimalField(decimal_places=4, max_digits=19, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["company", "attempted_at", "id", "status", "kind"], name="link_newest"),
                    models.Index(fields=["company", "status", "attempted_at", "id", "kind"], name="link_by_status"),
                    models.Index(fields=["company", "state", "attempted_at", "id"], name="link_by_state"),
                    models.Index(fields=["company", "kind", "status", "attempted_at", "id"], name="link_by_kind"),
                    models.Index(fields=["company", "kind", "attempted_at", "id"], name="link_newest_of_kind"),
                    models.Index(fields=["company", "reason", "kind", "attempted_at", "id"], name="link_by_reason"),
                    models.Index(
                        condition=models.Q(("date__isnull", False), ("record_id__isnull", False)),
                        fields=["company", "kind", "status", "date", "record_id"],
                        name="link_by_date",
                    ),
                    models.Index(
                        condition=models.Q(("date__isnull", True), ("record_id__isnull", False)),
                        fields=["company", "kind", "status", "name", "record_id"],
                        name="link_by_name",
                    ),
                    models.Index(condition=models.Q(("due", True)), fields=["company", "entity"], name="link_due"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("record_id__isnull", False)),
                        fields=("company", "kind", "record_id", "entity"),
                        name="one_link_per_record_and_entity",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("qbo_id__isnull", False)),
                        fields=("company", "entity", "qbo_id"),
                        name="one_link_per_object",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attempts", to="sync.link"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="sync.run"
                    ),
                ),
                ("at", models.DateTimeField(default=tieout.clock.now)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("synced", "Synced"),
                            ("not_synced", "Not synced"),
                            ("skipped", "Skipped"),
                            ("failed", "Failed"),
                            ("syncing", "Syncing"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        blank=True, choices=[("outgoing", "Outgoing"), ("incoming", "Incoming"), ("", "")], max_length=8
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=60)),
                ("details", models.TextField(blank=True)),
                ("facts", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [
                    models.Index(condition=models.Q(("run", None)), fields=["link", "-id"], name="attempt_by_person")
                ],
            },
        ),
        migrations.CreateModel(
            name="Taking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="subledger.company"
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="takings", to="sync.link"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="sync.run"
                    ),
                ),
                ("at", models.DateTimeField(default=tieout.clock.now)),
                (
                    "act",
                    models.CharField(
                        choices=[("create", "Create"), ("update", "Update"), ("void", "Void")], max_length=10
                    ),
                ),
                ("groups", models.JSONField(default=list)),
                ("before", models.TextField(blank=True)),
                ("after", models.TextField()),
                ("cause", models.CharField(max_length=200)),
                ("request_id", models.CharField(blank=True, max_length=50)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["company", "-at", "-id"], name="taking_newest"),
                    models.Index(fields=["link", "-id"], name="taking_of_link"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Operation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="subledger.company"
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="operations", to="sync.link"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="operations",
                        to="sync.run",
                    ),
                ),
                ("request_id", models.CharField(max_length=50, unique=True)),
                ("entity", models.CharField(max_length=30)),
                ("act", models.CharField(max_length=10)),
                ("body", models.BinaryField()),
                ("values", models.TextField(blank=True)),
                ("groups", models.JSONField(default=list)),
                ("before", models.TextField(blank=True)),
                (
                    "undoes",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="undone_by",
                        to="sync.operation",
                    ),
                ),
                ("cause", models.CharField(max_length=200)),
                ("our_version", models.BigIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("stored", "Stored"),
                            ("uncertain", "Uncertain"),
                            ("confirmed", "Confirmed"),
                            ("refused", "Refused"),
                        ],
                        default="stored",
                        max_length=10,
                    ),
                ),
                ("batch_id", models.CharField(blank=True, max_length=36)),
                ("item_id", models.CharField(blank=True, max_length=10)),
                ("stored_at", models.DateTimeField(default=tieout.clock.now)),
                ("sent_at", models.DateTimeField(null=True)),
                ("first_sent_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("http_status", models.PositiveIntegerField(null=True)),
                ("answer", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "confirmed"), _negated=True),
                        fields=["company", "state"],
                        name="operation_open",
                    ),
                    models.Index(fields=["link", "-id"], name="operation_of_link"),
                    models.Index(fields=["company", "-stored_at", "-id"], name="operation_newest"),
                ],
            },
        ),
        migrations.AddField(
            model_name="Link",
            name="undoing",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="sync.operation"
            ),
        ),
    ]
