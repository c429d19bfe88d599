//! Campaigns of the company in every state that can be looked at: one that has ended with all that can happen to its messages, one that is
//! held half-way, one that waits for a colleague's approval, and one that is only begun.

use engine::{Ctx, Engine, Error, campaigns, unsubscribe, worker};
use model::time::{days, hours, minutes};
use model::{
    AccountId, AudiencePart, CampaignAudience, CampaignContent, CampaignDraft, CampaignId, CampaignKind, CampaignPace,
    CampaignStart, Channel, Chosen, ContactDraft, ContactFilter, ContactId, ContactKind, Language, Moment, Nature, Purpose,
    ReviewGroupKind, ReviewPlace, ReviewQuery, ReviewSort, TemplateBody, TemplateText,
};

use super::relay::{Fate, Relay};
use super::staff::{self, Staff};
use super::until;

/// How many people the reminder that is held goes to.
const REMINDED: usize = 60;
/// Of how many invited people each one unsubscribes.
const LEAVES_EACH: usize = 30;

/// What becomes of some of the invitations, one after the other, before the relay takes the rest.
const FATES: [&[Fate]; 7] = [
    &[Fate::Refused("550 5.1.1 <{}>: Recipient address rejected: User unknown in virtual mailbox table")],
    &[],
    &[Fate::Refused("552 5.2.2 <{}>: Mailbox is full, quota exceeded")],
    &[],
    &[Fate::Refused("450 4.2.0 <{}>: Recipient address rejected: Greylisted, try again in 300 seconds")],
    &[Fate::Refused("550 5.1.1 <{}>: Recipient address rejected: User unknown in virtual mailbox table")],
    &[Fate::Disliked("554 5.7.1 Message rejected as spam by content scanner (score 7.4)")],
];

/// Everything that is at hand.
pub(super) struct Bench<'a> {
    /// The engine, whose clock is moved.
    pub engine: &'a Engine,
    /// Who writes and approves.
    pub staff: &'a Staff,
    /// To whom.
    pub known: &'a [(ContactId, ContactDraft)],
    /// What answers.
    pub relay: &'a Relay,
    /// The account that leads there.
    pub account: AccountId,
}

impl Bench<'_> {
    /// Invites everybody from the fair and waits until every message has ended.
    pub async fn invite(&self) -> Result<(), Error> {
        let guests = self.those(|it| it.tags.iter().any(|it| it == "veľtrh 2026"));
        for ((_, guest), fates) in self.known.iter().filter(|it| guests.contains(&it.0)).zip(FATES) {
            if let Some(address) = guest.email_for(Purpose::General) {
                self.relay.decide(address, fates);
            }
        }
        let draft = CampaignDraft {
            name: "Pozvánka do nášho stánku".into(),
            classification: "Veľtrhy".into(),
            note: "Všetkým, s ktorými sme sa rozprávali minulý rok.".into(),
            content: invitation(),
            ..self.draft(ticked(guests))
        };
        let ctx = &self.staff.manager;
        let id = self.prepare(ctx, draft).await?;
        campaigns::release(ctx, id, None).await?;
        self.carry(hours(3)).await?;
        self.leave(id).await
    }

    /// Reminds people of their terraces, and holds it half-way.
    pub async fn remind(&self) -> Result<(), Error> {
        let mut owners = self.those(|it| it.nature == Nature::Person && it.language != Some(Language::Cs));
        owners.truncate(REMINDED);
        let draft = CampaignDraft {
            name: "Olej na terasy pred zimou".into(),
            classification: "Starostlivosť o drevo".into(),
            note: "Pozastavené: sklad hlási, že 5-litrové balenie prišlo až v pondelok.".into(),
            content: CampaignContent::Own(vec![mail(Language::Sk, "Terasa pred zimou", TERRACE)]),
            pace: CampaignPace { per_hour: Some(120), window: None },
            ..self.draft(ticked(owners))
        };
        let ctx = &self.staff.manager;
        let id = self.prepare(ctx, draft).await?;
        campaigns::release(ctx, id, None).await?;
        self.carry(minutes(11)).await?;
        campaigns::pause(ctx, id).await
    }

    /// Prepares one that waits for approval, and begins another one.
    pub async fn plan(&self) -> Result<(), Error> {
        let companies = self.those(|it| it.nature == Nature::Company && it.kind == ContactKind::Client);
        let begin = self.engine.clock().now().plus(days(3));
        let draft = CampaignDraft {
            name: "Otváracie hodiny cez sviatky".into(),
            kind: CampaignKind::Service,
            classification: "Oznamy".into(),
            content: opening_hours(),
            start: CampaignStart::At(begin),
            wants_approval: true,
            ..self.draft(ticked(companies))
        };
        let ctx = &self.staff.manager;
        let id = self.prepare(ctx, draft).await?;
        campaigns::request_approval(ctx, id, "Prosím, pozri hlavne českú verziu.".into()).await?;
        let filter = ContactFilter { kind: Some(ContactKind::Client), nature: Some(Nature::Person), ..ContactFilter::default() };
        let clients = AudiencePart::Contacts(Chosen::Matching { filter, except: Vec::new() });
        let draft = CampaignDraft {
            name: "Jarná akcia na kuchyne z jaseňa".into(),
            classification: "Kuchyne".into(),
            content: CampaignContent::Own(vec![mail(Language::Sk, "Kuchyňa z jaseňa do konca apríla", SPRING)]),
            ..self.draft(CampaignAudience { include: vec![clients], ..CampaignAudience::default() })
        };
        campaigns::save(&self.staff.administrator, None, draft).await?;
        Ok(())
    }

    fn draft(&self, audience: CampaignAudience) -> CampaignDraft {
        CampaignDraft { account: Some(self.account), audience, ..CampaignDraft::default() }
    }

    fn those(&self, wanted: impl Fn(&ContactDraft) -> bool) -> Vec<ContactId> {
        self.known.iter().filter(|it| wanted(&it.1)).map(|it| it.0).collect()
    }

    async fn prepare(&self, ctx: &Ctx, draft: CampaignDraft) -> Result<CampaignId, Error> {
        let (id, _) = campaigns::save(ctx, None, draft).await?;
        campaigns::prepare(ctx, id).await?;
        campaigns::work_turn(self.engine).await?;
        campaigns::exclude_set_apart(ctx, id).await?;
        Ok(id)
    }

    /// Lets messages leave for so many milliseconds, each when it is due.
    async fn carry(&self, ms: i64) -> Result<(), Error> {
        let end: Moment = self.engine.clock().now().plus(ms);
        loop {
            campaigns::feed_turn(self.engine).await?;
            let turn = worker::turn(self.engine).await?;
            match turn.next_due.filter(|it| it.plus(1) < end) {
                Some(due) => until(self.engine, due.plus(1)),
                None => break,
            }
        }
        until(self.engine, end);
        campaigns::feed_turn(self.engine).await
    }

    /// Some who were invited want no more, and say so by the link in their mail.
    async fn leave(&self, id: CampaignId) -> Result<(), Error> {
        let ctx = &self.staff.manager;
        let place = ReviewPlace { campaign: id, group: ReviewGroupKind::All, sort: ReviewSort::Place };
        let page = campaigns::review_page(ctx, ReviewQuery { place: place.clone(), words: String::new(), after: None }).await?;
        for row in page.rows.iter().skip(LEAVES_EACH / 3).step_by(LEAVES_EACH) {
            let Some(message) = campaigns::review(ctx, place.clone(), Some(row.message)).await? else { continue };
            let token = message.html.split_once("/unsubscribe/").map(|it| it.1);
            let token = token.and_then(|it| it.split(['"', '&', '?']).next()).unwrap_or_default().to_owned();
            unsubscribe::unsubscribe(&staff::guest(self.engine), &token).await?;
        }
        Ok(())
    }
}

fn ticked(ids: Vec<ContactId>) -> CampaignAudience {
    CampaignAudience { include: vec![AudiencePart::Contacts(Chosen::Ticked(ids))], ..CampaignAudience::default() }
}

fn mail(language: Language, subject: &str, html: &str) -> TemplateText {
    TemplateText {
        subject: subject.into(),
        body: TemplateBody::Html(html.into()),
        ..TemplateText::empty(language, Channel::Email)
    }
}

fn invitation() -> CampaignContent {
    let slovak = "<p>Dobrý deň,</p>\n<p>pozývame vás do nášho stánku na jarnom veľtrhu. Uvidíte stoly a kuchyne z jaseňa, ktoré inde \
                  nestoja vedľa seba, a majster vám ukáže, ako sa masív olejuje.</p>\n\
                  <p>{% if contact.company %}Pre {{ contact.company }} máme pripravené dva vstupy.{% else %}Vstup vám radi \
                  pošleme, stačí odpísať.{% endif %}</p>\n<p>Tešíme sa na vás<br>{{ user.name }}</p>";
    let czech = "<p>Dobrý den,</p>\n<p>zveme vás do našeho stánku na jarním veletrhu. Uvidíte stoly a kuchyně z jasanu, které jinde \
                 nestojí vedle sebe, a mistr vám ukáže, jak se masiv olejuje.</p>\n\
                 <p>{% if contact.company %}Pro {{ contact.company }} máme připravené dva vstupy.{% else %}Vstup vám rádi \
                 pošleme, stačí odepsat.{% endif %}</p>\n<p>Těšíme se na vás<br>{{ user.name }}</p>";
    CampaignContent::Own(vec![
        mail(Language::Sk, "Pozvánka na veľtrh pre {{ contact.name }}", slovak),
        mail(Language::Cs, "Pozvánka na veletrh pro {{ contact.name }}", czech),
    ])
}

const TERRACE: &str = "<p>Dobrý deň,</p>\n<p>drevo vydrží zimu lepšie, keď ju nezačne suché. Ak ste terasu tento rok ešte neolejovali, \
                       je posledný čas: stačí suchý deň a desať stupňov.</p>\n\
                       <p>Olej, ktorým sme ju ošetrili my, držíme na sklade v troch odtieňoch.</p>\n\
                       <p>S pozdravom<br>{{ user.name }}, {{ company.name }}</p>";

const SPRING: &str = "<p>Dobrý deň,</p>\n<p>do konca apríla vám ku kuchyni z jaseňa pridáme pracovnú dosku …</p>";

fn opening_hours() -> CampaignContent {
    let slovak = "<p>Dobrý deň,</p>\n<p>predajňa a sklad budú cez sviatky otvorené takto: do 22. decembra ako zvyčajne, potom až od \
                  7. januára. Objednávky prijaté do 18. decembra ešte odošleme.</p>\n<p>S pozdravom<br>{{ user.name }}, \
                  {{ company.name }}</p>";
    let czech = "<p>Dobrý den,</p>\n<p>prodejna a sklad budou přes svátky otevřené takto: do 22. prosince jako obvykle, potom až od \
                 7. ledna. Objednávky přijaté do 18. prosince ještě odešleme.</p>\n<p>S pozdravem<br>{{ user.name }}, \
                 {{ company.name }}</p>";
    CampaignContent::Own(vec![
        mail(Language::Sk, "Kedy máme cez sviatky otvorené", slovak),
        mail(Language::Cs, "Kdy máme přes svátky otevřeno", czech),
    ])
}
