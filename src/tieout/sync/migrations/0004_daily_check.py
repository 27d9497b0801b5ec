from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("sync", "0003_what_people_said")]

    operations = [migrations.RenameField("cursor", "lists_read_at", "checked_at")]
