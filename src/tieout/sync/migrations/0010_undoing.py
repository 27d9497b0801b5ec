import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sync", "0009_a_name_of_its_own")]

    operations = [
        migrations.AddField(
            "link",
            "undoing",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="sync.operation"
            ),
        ),
        migrations.AddField("link", "undo_act", models.CharField(blank=True, default="", max_length=10)),
        migrations.AddField(
            "operation",
            "undoes",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="undone_by", to="sync.operation"
            ),
        ),
    ]
