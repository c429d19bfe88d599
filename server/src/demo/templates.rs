//! Templates of the company's own, besides those that come with the program.

use engine::templates;
use model::{Channel, Language, TemplateBody, TemplateDraft, TemplateText};

use super::Error;
use super::staff::Staff;

/// Writes two of them: an offer in two languages, and a reminder by text message.
pub(super) async fn write(staff: &Staff) -> Result<(), Error> {
    let key = templates::save(&staff.manager, None, offer()).await?;
    // Somebody has thought better of it since.
    let hint = "Po obhliadke, keď klient čaká na cenu.".to_owned();
    templates::save(&staff.manager, Some(key), TemplateDraft { hint, texts: texts("týždeň", "týden"), ..offer() }).await?;
    templates::save(&staff.manager, None, measuring()).await?;
    Ok(())
}

fn offer() -> TemplateDraft {
    TemplateDraft {
        name: "Ponuka nábytku na mieru".into(),
        description: "Sprievodný list k ponuke; cenník priložte sami.".into(),
        hint: "Po obhliadke.".into(),
        is_active: true,
        texts: texts("14 dní", "14 dnů"),
        ..TemplateDraft::default()
    }
}

fn texts(slovak: &str, czech: &str) -> Vec<TemplateText> {
    vec![
        mail(
            Language::Sk,
            "Ponuka nábytku pre {{ contact.name }}",
            format!(
                "<p>{{{{ contact.salutation }}}},</p>\n<p>ďakujeme za čas, ktorý ste nám venovali pri obhliadke. V prílohe posielame \
                 ponuku nábytku z masívu{{% if contact.company %}} pre {{{{ contact.company }}}}{{% endif %}}.</p>\n\
                 <p>Ponuka platí {slovak} odo dneška, {{{{ today }}}}.</p>\n<p>S pozdravom<br>{{{{ user.name }}}}</p>"
            ),
        ),
        mail(
            Language::Cs,
            "Nabídka nábytku pro {{ contact.name }}",
            format!(
                "<p>{{{{ contact.salutation }}}},</p>\n<p>děkujeme za čas, který jste nám věnovali při obhlídce. V příloze posíláme \
                 nabídku nábytku z masivu{{% if contact.company %}} pro {{{{ contact.company }}}}{{% endif %}}.</p>\n\
                 <p>Nabídka platí {czech} ode dneška, {{{{ today }}}}.</p>\n<p>S pozdravem<br>{{{{ user.name }}}}</p>"
            ),
        ),
    ]
}

fn mail(language: Language, subject: &str, html: String) -> TemplateText {
    TemplateText {
        subject: subject.into(),
        preheader: "{{ company.name }}".into(),
        body: TemplateBody::Html(html),
        ..TemplateText::empty(language, Channel::Email)
    }
}

fn measuring() -> TemplateDraft {
    let body = "Dobrý deň, pripomíname zameranie zajtra. Ak sa nehodí, zavolajte {{ company.phone | phone }}. {{ company.name }}";
    TemplateDraft {
        channel: Channel::Sms,
        name: "Pripomienka zamerania".into(),
        hint: "Deň pred zameraním.".into(),
        is_active: true,
        texts: vec![TemplateText { body: TemplateBody::Sms(body.into()), ..TemplateText::empty(Language::Sk, Channel::Sms) }],
        ..TemplateDraft::default()
    }
}
