from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sync", "0008_runs_of_some_records_alone")]

    operations = [
        migrations.AddField("link", "own_name", models.CharField(blank=True, default="", max_length=500)),
    ]
