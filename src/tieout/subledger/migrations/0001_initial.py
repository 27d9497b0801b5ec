import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tieout.clock


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Company",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, unique=True)),
                ("currency", models.CharField(default="USD", max_length=3)),
                ("time_zone", models.CharField(default="UTC", max_length=64)),
                ("version", models.BigIntegerField(default=0)),
                ("closed_until", models.DateField(blank=True, null=True)),
                ("gives_numbers", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(default=tieout.clock.now, editable=False)),
            ],
            options={
                "verbose_name_plural": "companies",
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="subledger.company"
                    ),
                ),
                ("version", models.BigIntegerField(default=0, editable=False)),
                ("created_at", models.DateTimeField(default=tieout.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=tieout.clock.now, editable=False)),
                ("changed_by", models.CharField(blank=True, max_length=254)),
                ("name", models.CharField(max_length=500)),
                (
                    "type",
                    models.CharField(
                        choices=[("client", "Client"), ("tenant", "Tenant"), ("supplier", "Supplier")],
                        default="client",
                        max_length=10,
                    ),
                ),
                ("company_name", models.CharField(blank=True, max_length=100)),
                ("given_name", models.CharField(blank=True, max_length=100)),
                ("family_name", models.CharField(blank=True, max_length=100)),
                ("email", models.CharField(blank=True, max_length=100)),
                ("phone", models.CharField(blank=True, max_length=30)),
                ("mobile", models.CharField(blank=True, max_length=30)),
                ("fax", models.CharField(blank=True, max_length=30)),
                ("website", models.CharField(blank=True, max_length=1000)),
                ("street", models.CharField(blank=True, max_length=500)),
                ("city", models.CharField(blank=True, max_length=255)),
                ("state", models.CharField(blank=True, max_length=255)),
                ("postal_code", models.CharField(blank=True, max_length=30)),
                ("country", models.CharField(blank=True, max_length=255)),
                ("archived", models.BooleanField(default=False)),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["company", "version"], name="contact_version"),
                    models.Index(fields=["company", "name", "id"], name="contact_name"),
                    models.Index(fields=["company", "type", "name", "id"], name="contact_by_type"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Property",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="subledger.company"
                    ),
                ),
                ("version", models.BigIntegerField(default=0, editable=False)),
                ("created_at", models.DateTimeField(default=tieout.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=tieout.clock.now, editable=False)),
                ("changed_by", models.CharField(blank=True, max_length=254)),
                ("name", models.CharField(max_length=100)),
                ("street", models.CharField(blank=True, max_length=500)),
                ("city", models.CharField(blank=True, max_length=255)),
                ("state", models.CharField(blank=True, max_length=255)),
                ("postal_code", models.CharField(blank=True, max_length=30)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="properties",
                        to="subledger.contact",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "properties",
                "abstract": False,
                "indexes": [models.Index(fields=["company", "version"], name="property_version")],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="subledger.company"
                    ),
                ),
                ("version", models.BigIntegerField(default=0, editable=False)),
                ("created_at", models.DateTimeField(default=tieout.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=tieout.clock.now, editable=False)),
                ("changed_by", models.CharField(blank=True, max_length=254)),
                ("name", models.CharField(max_length=500)),
                ("full_name", models.CharField(blank=True, max_length=2000)),
                ("archived", models.BooleanField(default=False)),
                ("number", models.CharField(blank=True, max_length=100)),
                ("type", models.CharField(max_length=100)),
                ("subtype", models.CharField(blank=True, max_length=100)),
                ("currency", models.CharField(blank=True, max_length=3)),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["company", "version"], name="account_version")],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="subledger.company"
                    ),
                ),
                ("version", models.BigIntegerField(default=0, editable=False)),
                ("created_at", models.DateTimeField(default=tieout.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=tieout.clock.now, editable=False)),
                ("changed_by", models.CharField(blank=True, max_length=254)),
                ("name", models.CharField(max_length=500)),
                ("full_name", models.CharField(blank=True, max_length=2000)),
                ("archived", models.BooleanField(default=False)),
                ("type", models.CharField(max_length=50)),
                ("sku", models.CharField(blank=True, max_length=100)),
                ("description", models.CharField(blank=True, max_length=4000)),
                ("rate", models.DecimalField(blank=True, decimal_places=7, max_digits=20, null=True)),
                ("taxable", models.BooleanField(default=False)),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["company", "version"], name="item_version")],
            },
        ),
        migrations.CreateModel(
            name="TaxRate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="subledger.company"
                    ),
                ),
                ("version", models.BigIntegerField(default=0, editable=False)),
                ("created_at", models.DateTimeField(default=tieout.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=tieout.clock.now, editable=False)),
                ("changed_by", models.CharField(blank=True, max_length=254)),
                ("name", models.CharField(max_length=500)),
                ("full_name", models.CharField(blank=True, max_length=2000)),
                ("archived", models.BooleanField(default=False)),
                ("percent", models.DecimalField(blank=True, decimal_places=5, max_digits=9, null=True)),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["company", "version"], name="taxrate_version")],
            },
        ),
        migrations.CreateModel(
            name="TaxCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="subledger.company"
                    ),
                ),
                ("version", models.BigIntegerField(default=0, editable=False)),
                ("created_at", models.DateTimeField(default=tieout.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=tieout.clock.now, editable=False)),
                ("changed_by", models.CharField(blank=True, max_length=254)),
                ("name", models.CharField(max_length=500)),
                ("full_name", models.CharField(blank=True, max_length=2000)),
                ("archived", models.BooleanField(default=False)),
                ("rate", models.DecimalField(blank=True, decimal_places=5, max_digits=9, null=True)),
                ("rates", models.ManyToManyField(related_name="codes", to="subledger.taxrate")),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["company", "version"], name="taxcode_version")],
            },
        ),
        migrations.CreateModel(
            name="Class",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="subledger.company"
                    ),
                ),
                ("version", models.BigIntegerField(default=0, editable=False)),
                ("created_at", models.DateTimeField(default=tieout.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=tieout.clock.now, editable=False)),
                ("changed_by", models.CharField(blank=True, max_length=254)),
                ("name", models.CharField(max_length=500)),
                ("full_name", models.CharField(blank=True, max_length=2000)),
                ("archived", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name_plural": "classes",
                "abstract": False,
                "indexes": [models.Index(fields=["company", "version"], name="class_version")],
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="subledger.company"
                    ),
                ),
                ("version", models.BigIntegerField(default=0, editable=False)),
                ("created_at", models.DateTimeField(default=tieout.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=tieout.clock.now, editable=False)),
                ("changed_by", models.CharField(blank=True, max_length=254)),
                ("name", models.CharField(max_length=500)),
                ("full_name", models.CharField(blank=True, max_length=2000)),
                ("archived", models.BooleanField(default=False)),
                ("days", models.PositiveIntegerField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["company", "version"], name="term_version")],
            },
        ),
        migrations.CreateModel(
            name="PaymentMethod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="subledger.company"
                    ),
                ),
                ("version", models.BigIntegerField(default=0, editable=False)),
                ("created_at", models.DateTimeField(default=tieout.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=tieout.clock.now, editable=False)),
                ("changed_by", models.CharField(blank=True, max_length=254)),
                ("name", models.CharField(max_length=500)),
                ("full_name", models.CharField(blank=True, max_length=2000)),
                ("archived", models.BooleanField(default=False)),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["company", "version"], name="paymentmethod_version")],
            },
        ),
        migrations.CreateModel(
            name="Invoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="subledger.company"
                    ),
                ),
                ("version", models.BigIntegerField(default=0, editable=False)),
                ("created_at", models.DateTimeField(default=tieout.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=tieout.clock.now, editable=False)),
                ("changed_by", models.CharField(blank=True, max_length=254)),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="subledger.contact"
                    ),
                ),
                (
                    "property",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="subledger.property",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("approved", "Approved"), ("void", "Void")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=21)),
                ("former_numbers", models.TextField(blank=True)),
                ("date", models.DateField()),
                ("currency", models.CharField(max_length=3)),
                ("memo", models.CharField(blank=True, max_length=4000)),
                ("message", models.CharField(blank=True, max_length=1000)),
                (
                    "tax_code",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="subledger.taxcode",
                    ),
                ),
                ("tax", models.DecimalField(decimal_places=4, default=0, max_digits=19)),
                ("total", models.DecimalField(decimal_places=4, default=0, max_digits=19)),
                ("balance", models.DecimalField(decimal_places=4, default=0, max_digits=19)),
                ("stub", models.BooleanField(default=False)),
                ("due_date", models.DateField(blank=True, null=True)),
                ("deposit", models.DecimalField(decimal_places=4, default=0, max_digits=19)),
                (
                    "term",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="subledger.term",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["company", "version"], name="invoice_version"),
                    models.Index(fields=["company", "number"], name="invoice_number"),
                    models.Index(fields=["company", "former_numbers"], name="invoice_former_number"),
                    models.Index(fields=["company", "date", "id"], name="invoice_date"),
                    models.Index(fields=["company", "status", "date", "id"], name="invoice_by_status"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CreditNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="subledger.company"
                    ),
                ),
                ("version", models.BigIntegerField(default=0, editable=False)),
                ("created_at", models.DateTimeField(default=tieout.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=tieout.clock.now, editable=False)),
                ("changed_by", models.CharField(blank=True, max_length=254)),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="subledger.contact"
                    ),
                ),
                (
                    "property",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="subledger.property",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("approved", "Approved"), ("void", "Void")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=21)),
                ("former_numbers", models.TextField(blank=True)),
                ("date", models.DateField()),
                ("currency", models.CharField(max_length=3)),
                ("memo", models.CharField(blank=True, max_length=4000)),
                ("message", models.CharField(blank=True, max_length=1000)),
                (
                    "tax_code",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="subledger.taxcode",
                    ),
                ),
                ("tax", models.DecimalField(decimal_places=4, default=0, max_digits=19)),
                ("total", models.DecimalField(decimal_places=4, default=0, max_digits=19)),
                ("balance", models.DecimalField(decimal_places=4, default=0, max_digits=19)),
                ("stub", models.BooleanField(default=False)),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["company", "version"], name="creditnote_version"),
                    models.Index(fields=["company", "number"], name="creditnote_number"),
                    models.Index(fields=["company", "former_numbers"], name="creditnote_former_number"),
                    models.Index(fields=["company", "date", "id"], name="creditnote_date"),
                    models.Index(fields=["company", "status", "date", "id"], name="creditnote_by_status"),
                ],
            },
        ),
        migrations.CreateModel(
            name="InvoiceLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("item", "Item"),
                            ("text", "Text"),
                            ("discount", "Discount"),
                            ("subtotal", "Subtotal"),
                            ("bundle", "Bundle"),
                        ],
                        default="item",
                        max_length=10,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="subledger.item",
                    ),
                ),
                ("description", models.CharField(blank=True, max_length=4000)),
                ("quantity", models.DecimalField(blank=True, decimal_places=7, max_digits=20, null=True)),
                ("rate", models.DecimalField(blank=True, decimal_places=7, max_digits=20, null=True)),
                ("amount", models.DecimalField(decimal_places=4, max_digits=19)),
                (
                    "tax_code",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="subledger.taxcode",
                    ),
                ),
                (
                    "klass",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="subledger.class",
                    ),
                ),
                ("service_date", models.DateField(blank=True, null=True)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="subledger.invoice"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CreditNoteLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("item", "Item"),
                            ("text", "Text"),
                            ("discount", "Discount"),
                            ("subtotal", "Subtotal"),
                            ("bundle", "Bundle"),
                        ],
                        default="item",
                        max_length=10,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="subledger.item",
                    ),
                ),
                ("description", models.CharField(blank=True, max_length=4000)),
                ("quantity", models.DecimalField(blank=True, decimal_places=7, max_digits=20, null=True)),
                ("rate", models.DecimalField(blank=True, decimal_places=7, max_digits=20, null=True)),
                ("amount", models.DecimalField(decimal_places=4, max_digits=19)),
                (
                    "tax_code",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="subledger.taxcode",
                    ),
                ),
                (
                    "klass",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="subledger.class",
                    ),
                ),
                ("service_date", models.DateField(blank=True, null=True)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="subledger.creditnote"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="subledger.company"
                    ),
                ),
                ("version", models.BigIntegerField(default=0, editable=False)),
                ("created_at", models.DateTimeField(default=tieout.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=tieout.clock.now, editable=False)),
                ("changed_by", models.CharField(blank=True, max_length=254)),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payments", to="subledger.contact"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("approved", "Approved"), ("void", "Void")],
                        default="approved",
                        max_length=10,
                    ),
                ),
                ("date", models.DateField()),
                ("currency", models.CharField(max_length=3)),
                ("total", models.DecimalField(decimal_places=4, max_digits=19)),
                ("unapplied", models.DecimalField(decimal_places=4, default=0, max_digits=19)),
                (
                    "deposit_account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="subledger.account",
                    ),
                ),
                (
                    "method",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="subledger.paymentmethod",
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=21)),
                ("memo", models.CharField(blank=True, max_length=4000)),
                ("deposited", models.BooleanField(default=False)),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["company", "version"], name="payment_version"),
                    models.Index(fields=["company", "date", "id"], name="payment_date"),
                    models.Index(fields=["company", "status", "date", "id"], name="payment_by_status"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Allocation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="allocations", to="subledger.payment"
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="subledger.invoice",
                    ),
                ),
                (
                    "credit_note",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="subledger.creditnote",
                    ),
                ),
                ("other", models.CharField(blank=True, max_length=100)),
                ("amount", models.DecimalField(decimal_places=4, max_digits=19)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("credit_note__isnull", True), ("invoice__isnull", False), ("other", "")),
                            models.Q(("credit_note__isnull", False), ("invoice__isnull", True), ("other", "")),
                            models.Q(
                                ("credit_note__isnull", True),
                                ("invoice__isnull", True),
                                models.Q(("other", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="allocation_has_one_end",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(blank=True, max_length=100)),
                ("time_zone", models.CharField(blank=True, max_length=64)),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(default=tieout.clock.now, editable=False)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="subledger.company"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("owner", "Owner"), ("admin", "Admin"), ("member", "Member"), ("viewer", "Viewer")],
                        max_length=10,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "company"), name="one_role_per_company")],
            },
        ),
        migrations.CreateModel(
            name="LoginFailure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.CharField(db_index=True, max_length=254)),
                ("address", models.CharField(db_index=True, max_length=64)),
                ("at", models.DateTimeField(default=tieout.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name="PasswordMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.CharField(db_index=True, max_length=254)),
                ("address", models.CharField(db_index=True, max_length=64)),
                ("at", models.DateTimeField(default=tieout.clock.now)),
            ],
        ),
    ]
