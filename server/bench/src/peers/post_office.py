"""Sends letters by django-post-office: database, port, how many. They are queued first, then its own command works the queue off."""

import sys

import django
from django.conf import settings
from django.core.management import call_command

database, port, n = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": database, "OPTIONS": {"timeout": 60}}},
    INSTALLED_APPS=["django.contrib.contenttypes", "post_office"],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    EMAIL_BACKEND="post_office.EmailBackend",
    EMAIL_HOST="127.0.0.1",
    EMAIL_PORT=port,
    POST_OFFICE={"BATCH_SIZE": 1000, "THREADS_PER_PROCESS": 5},
    USE_TZ=True,
)
django.setup()
call_command("migrate", verbosity=0)

from post_office import mail  # noqa: E402  (Django has to be set up before)


def letter(i):
    name = f"Žofia Šťastná {i}"
    html = f"<html><body><h1>Vážená pani {name}</h1>"
    html += "".join(f"<tr><td>Položka {row}</td><td>{i + row},50 €</td></tr>" for row in range(6))
    while len(html.encode()) < 20_000:
        html += '<p style="margin:0 0 12px">Dovoľujeme si Vám ponúknuť smrekové rezivo najvyššej kvality.</p>\n' * 10
    html += f"<p>Číslo ponuky {i}, platí pre {name}.</p></body></html>"
    return {
        "sender": "Firma <obchod@firma.sk>",
        "recipients": [f"osoba{i}@firma{i % 5000}.sk"],
        "subject": f"Ponuka {i} pre Vás",
        "message": f"Vážená pani {name},\nposielame Vám ponuku číslo {i}.",
        "html_message": html,
        "headers": {"Message-ID": f"<sprava{i}@firma.sk>"},
    }


for begin in range(0, n, 1000):
    mail.send_many([letter(i) for i in range(begin, min(n, begin + 1000))])
call_command("send_queued_mail", processes=2)
