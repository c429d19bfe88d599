//! From what is typed to what messages are made from.

use model::{
    Account, Attachment, CampaignContent, CampaignId, CampaignKind, Fault, Measure, Noun, Refusal, TemplateDraft, TemplateRef,
};
use sha2::{Digest, Sha256};
use store::campaigns::Stored;
use store::campaigns::contents::{Content, NewContent};
use store::{Connection, Tx};

use super::make::Maker;
use crate::{Ctx, Error};

/// How many links are measured at most.
const LINKS: usize = 500;

/// What messages would be made from now.
pub(super) struct Draft {
    /// The template, if it is one.
    pub template: Option<TemplateRef>,
    /// The texts.
    pub texts: TemplateDraft,
    /// The account they would leave by.
    pub account: Account,
    /// Name of the sender.
    pub sender_name: String,
    /// Address of the sender.
    pub sender_address: String,
    /// The template's files.
    pub files: Vec<Attachment>,
    campaign: String,
    kind: CampaignKind,
    measure: Measure,
}

impl Draft {
    /// What messages of a campaign would be made from now.
    ///
    /// # Errors
    /// Names a template and an account that are gone, a template of another channel or about records.
    pub async fn of(ctx: &Ctx, connection: &mut Connection, it: &Stored) -> Result<Self, Error> {
        let (template, texts, files) = match &it.draft.content {
            CampaignContent::Template(id) => {
                let found = store::templates::by_id(&ctx.engine.store, connection, *id).await;
                let template = found.map_err(|error| gone(error.into(), Noun::Template, "content"))?;
                let reference = TemplateRef { id: *id, version: template.version };
                (Some(reference), template.draft, template.files)
            }
            CampaignContent::Own(_) => {
                let texts = it.draft.as_template().ok_or_else(|| Refusal::field("content", Fault::Missing))?;
                (None, texts, Vec::new())
            }
        };
        if texts.channel != it.draft.channel || texts.record.is_some() || texts.texts.is_empty() {
            return Err(Refusal::field("content", Fault::Gone).into());
        }
        let account = match it.draft.account {
            Some(account) => account,
            None => store::accounts::default_id(connection, it.draft.channel).await?,
        };
        let account = store::accounts::by_id(connection, account, ctx.now()).await;
        let account = account.map_err(|error| gone(error.into(), Noun::Account, "account"))?;
        let first =
            |wishes: [&str; 3]| wishes.into_iter().map(str::trim).find(|it| !it.is_empty()).unwrap_or_default().to_owned();
        Ok(Self {
            sender_name: first([&it.draft.sender_name, &texts.sender_name, &account.sender_name]),
            sender_address: first([&it.draft.sender_address, &texts.sender_address, &account.sender_address]),
            template,
            texts,
            account,
            files,
            campaign: it.draft.name.clone(),
            kind: it.draft.kind,
            measure: it.draft.measure,
        })
    }

    /// What tells one content from another: texts, account, sender, and what the fields about the campaign show.
    pub fn hash(&self) -> Vec<u8> {
        let mut hash = Sha256::new();
        let texts = serde_json::to_vec(&self.texts.texts).unwrap_or_default();
        let kind: &[u8] = if self.kind == CampaignKind::Commercial { b"commercial" } else { b"service" };
        let account = self.account.id.0.to_be_bytes();
        let keeps = [u8::from(self.texts.keeps_diacritics)];
        let parts: [&[u8]; 8] = [
            &texts,
            &account,
            self.sender_name.as_bytes(),
            self.sender_address.as_bytes(),
            self.account.reply_to.as_bytes(),
            self.campaign.as_bytes(),
            kind,
            &keeps,
        ];
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        if self.measure.any() {
            hash.update([1, u8::from(self.measure.opens), u8::from(self.measure.clicks)]);
        }
        hash.finalize().to_vec()
    }

    /// The same as a content that is kept nowhere.
    pub fn unkept(self, ctx: &Ctx) -> Content {
        Content {
            id: 0,
            version: 0,
            hash: self.hash(),
            template: self.template.map(|it| (it, self.texts.name.clone())),
            draft: self.texts,
            common: String::new(),
            account: self.account.id,
            sender_name: self.sender_name,
            sender_address: self.sender_address,
            reply_to: self.account.reply_to,
            at: ctx.now(),
        }
    }
}

/// Something that is gone, told at its field.
fn gone(error: Error, noun: Noun, field: &str) -> Error {
    match error {
        Error::Refused(Refusal::NotFound(found)) if found == noun => Refusal::field(field, Fault::Gone).into(),
        error => error,
    }
}

/// Freezes what is typed now, unless what was frozen last is the same; answers the content that messages are made from.
///
/// # Errors
/// Names what is wrong with texts, account and sender.
pub(super) async fn freeze(ctx: &Ctx, tx: &mut Tx, it: &Stored) -> Result<i64, Error> {
    let store = &ctx.engine.store;
    let draft = Draft::of(ctx, tx, it).await?;
    if it.draft.channel == model::Channel::Email {
        crate::senders::require_usable(tx, &draft.sender_address, "sender_address").await?;
    }
    if let Some(content) = it.content
        && store::campaigns::contents::by_id(store, tx, content).await?.hash == draft.hash()
    {
        return Ok(content);
    }
    let own = store::attachments::of_campaign(store, tx, it.id).await?;
    let files = [draft.files.as_slice(), own.as_slice()].concat();
    check_total(tx, &files).await?;
    let hash = draft.hash();
    set_links(ctx, tx, it.id, &draft).await?;
    let (template, account) = (draft.template, draft.account.clone());
    let content = draft.unkept(ctx);
    let common = Maker::of(ctx, tx, it, content.clone()).await?.common()?;
    let new = NewContent {
        template,
        draft: &content.draft,
        common: &common,
        account: &account,
        sender_name: &content.sender_name,
        sender_address: &content.sender_address,
        files: &files,
        hash: &hash,
    };
    Ok(store::campaigns::contents::freeze(store, tx, it.id, &new, ctx.now()).await?)
}

/// Keeps where the links lead that the messages measure.
async fn set_links(ctx: &Ctx, tx: &mut Tx, id: CampaignId, draft: &Draft) -> Result<(), Error> {
    let mut targets: Vec<String> = Vec::new();
    if draft.measure.clicks {
        let own = [ctx.engine.public_url.as_str(), "/"].concat();
        for target in draft.texts.texts.iter().flat_map(content::letter::addresses) {
            if targets.len() < LINKS && !targets.contains(&target) && !target.starts_with(&own) {
                targets.push(target);
            }
        }
    }
    Ok(store::reactions::set_links(&ctx.engine.store, tx, id, draft.measure.opens, &targets).await?)
}

/// Refuses files that are too large together.
pub(super) async fn check_total(tx: &mut Tx, files: &[Attachment]) -> Result<(), Error> {
    let max = store::company::get(tx).await?.map_or(model::settings::ATTACHMENTS_MAX, |it| it.attachments_max);
    if max < files.iter().map(|it| it.size).sum() {
        return Err(Refusal::field("attachments", Fault::TooLargeInAll { max }).into());
    }
    Ok(())
}

/// The content that a campaign's messages are made from.
///
/// # Errors
/// Refuses a campaign of which nothing was prepared.
pub(super) async fn content(ctx: &Ctx, connection: &mut Connection, it: &Stored) -> Result<Content, Error> {
    let id: CampaignId = it.id;
    let content = it.content.ok_or(Refusal::IllegalStep(Noun::Campaign))?;
    tracing::trace!(campaign = %id, content, "taking the frozen content");
    Ok(store::campaigns::contents::by_id(&ctx.engine.store, connection, content).await?)
}
