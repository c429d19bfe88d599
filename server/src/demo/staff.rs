//! The company itself and the people who work with Posel.

use engine::session::Admitted;
use engine::{Ctx, Engine, Error, Guest};
use model::{
    Company, DeliveredRole, Density, FirstRun, HomeCountry, Language, OneTimeLink, Preferences, Profile, RoleId, Theme, UserDraft,
};

use super::chance::Chance;
use super::firms;

/// Domain of the company; `.example` belongs to nobody (RFC 2606).
pub const DOMAIN: &str = "jasenove-dielo.example";
/// Address that the administrator signs in with.
pub const ADMINISTRATOR: &str = "zuzana.hruskova@jasenove-dielo.example";
/// Password of everybody; the demo holds nothing to protect.
pub const PASSWORD: &str = "jasen-a-javor";

/// Those who write, each able to act.
pub struct Staff {
    /// The administrator.
    pub administrator: Ctx,
    /// Leads the sales.
    pub manager: Ctx,
    /// Write to Slovak and Czech clients and about invoices.
    pub writers: Vec<Ctx>,
}

const SIGNATURE: &str = "Jaseňové dielo s. r. o.\nHlavná 12, 034 01 Ružomberok\nwww.jasenove-dielo.example";

/// Carries out the first run and invites everybody.
///
/// # Errors
/// Fails when a use case does.
pub async fn employ(engine: &Engine, chance: &mut Chance) -> Result<Staff, Error> {
    let link = engine::session::first_run_link(engine)
        .await?
        .unwrap_or_else(|| OneTimeLink { url: String::new(), until: engine.clock().now() });
    let first_run = FirstRun {
        token: secret(&link).to_owned(),
        name: "Zuzana Hrušková".to_owned(),
        email: ADMINISTRATOR.to_owned(),
        password: PASSWORD.to_owned(),
        company: company(chance),
        language: Language::Sk,
    };
    let administrator = enter(engine, engine::session::set_up(&guest(engine), first_run).await?, Language::Sk).await?;
    let mut people = Vec::new();
    for (name, email, role, language) in [
        ("Ján Oravec", "jan.oravec", DeliveredRole::Manager, Language::Sk),
        ("Lucia Šimková", "lucia.simkova", DeliveredRole::Writer, Language::Sk),
        ("Ondřej Němec", "ondrej.nemec", DeliveredRole::Writer, Language::Cs),
        ("Katarína Ďuricová", "katarina.duricova", DeliveredRole::Writer, Language::Sk),
        ("Milan Kubiš", "milan.kubis", DeliveredRole::Reader, Language::Sk),
    ] {
        let roles = vec![role_id(&administrator, role).await?];
        let draft = UserDraft { name: name.to_owned(), email: format!("{email}@{DOMAIN}"), roles, language };
        let (_, link) = engine::users::invite(&administrator, draft).await?;
        let accepted = engine::session::accept_invitation(&guest(engine), secret(&link).to_owned(), PASSWORD.to_owned()).await?;
        people.push(enter(engine, accepted, language).await?);
    }
    // The last one only reads.
    people.truncate(4);
    let writers = people.split_off(1);
    let manager = people.pop().unwrap_or_else(|| administrator.clone());
    Ok(Staff { administrator, manager, writers })
}

fn company(chance: &mut Chance) -> Company {
    Company {
        name: "Jaseňové dielo s. r. o.".to_owned(),
        registration_number: firms::registration_number(chance),
        tax_number: String::new(),
        street: "Hlavná 12".to_owned(),
        city: "Ružomberok".to_owned(),
        postcode: "034 01".to_owned(),
        country: HomeCountry::Slovakia,
        email: format!("info@{DOMAIN}"),
        phone: "+421 999 120 340".to_owned(),
        web: format!("www.{DOMAIN}"),
        language: Language::Sk,
        attachments_max: model::settings::ATTACHMENTS_MAX,
        blocked_endings: model::settings::BlockedEndings::default(),
        domain_checks: false,
        attachment_contents: false,
    }
}

async fn role_id(administrator: &Ctx, role: DeliveredRole) -> Result<RoleId, Error> {
    let roles = engine::users::roles(administrator).await?;
    let found = roles.iter().find(|it| it.delivered == Some(role)).map(|it| it.id);
    found.ok_or(Error::Refused(model::Refusal::NotFound(model::Noun::Role)))
}

/// Lets somebody act who has just chosen a password, and gives them a signature.
async fn enter(engine: &Engine, admitted: Admitted, language: Language) -> Result<Ctx, Error> {
    let ctx = engine::session::identify(engine, &admitted.token, &guest(engine).network).await?;
    let greeting = if language == Language::Cs { "S pozdravem" } else { "S pozdravom" };
    let profile = Profile {
        name: admitted.me.name.clone(),
        signature: format!("{greeting}\n\n{}\n{SIGNATURE}", admitted.me.name),
        preferences: Preferences { language, theme: Theme::System, density: Density::Normal },
    };
    engine::profile::save(&ctx, profile).await?;
    Ok(ctx)
}

/// Somebody who is not signed in.
pub(super) fn guest(engine: &Engine) -> Guest {
    Guest { engine: engine.clone(), network: "192.0.2.10".to_owned(), device: "Firefox, Linux".to_owned() }
}

fn secret(link: &OneTimeLink) -> &str {
    link.url.split_once('#').map_or("", |it| it.1)
}
