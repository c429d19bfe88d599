//! What a campaign of text messages costs.

use model::{CampaignCost, CampaignId, Channel, Refusal, SmsSettings, Transport};
use store::Connection;
use store::campaigns::contents::Content;
use store::campaigns::prepared;

use super::{freeze, require_sight};
use crate::{Ctx, Error};

/// What the text messages of a campaign cost, and whether the credit is enough for them; nothing for mails, before anything is
/// prepared, and when the account is gone.
///
/// # Errors
/// Refuses who neither makes, releases nor approves campaigns.
pub async fn cost(ctx: &Ctx, id: CampaignId) -> Result<Option<CampaignCost>, Error> {
    require_sight(ctx)?;
    let store = &ctx.engine.store;
    let mut reader = store.read().await?;
    let it = store::campaigns::by_id(store, &mut reader, id).await?;
    if it.draft.channel == Channel::Email || it.content.is_none() {
        return Ok(None);
    }
    let content = freeze::content(ctx, &mut reader, &it).await?;
    let Some(settings) = settings(ctx, &mut reader, &content).await? else { return Ok(None) };
    let by_parts = prepared::by_parts(&mut reader, id).await?;
    let standing = store::sms_accounts::standings(store, &mut reader).await?.remove(&content.account);
    Ok(Some(CampaignCost::of(by_parts, &settings, standing.as_ref())))
}

/// How the account of a content sends text messages; nothing when it is gone, or carries mails.
pub(super) async fn settings(ctx: &Ctx, connection: &mut Connection, content: &Content) -> Result<Option<SmsSettings>, Error> {
    match store::accounts::by_id(connection, content.account, ctx.now()).await {
        Ok(account) => Ok(match account.transport {
            Transport::Sms(settings) => Some(settings),
            Transport::Capture | Transport::Smtp(_) => None,
        }),
        Err(store::Error::Refused(Refusal::NotFound(_))) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// How long text messages may be by an account, and how it counts them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Length {
    /// How many parts one may have.
    pub parts_max: u32,
    in_latin1: bool,
}

impl Length {
    /// That of the account of a content; as many parts as any may have when the account is gone.
    pub async fn of(ctx: &Ctx, connection: &mut Connection, content: &Content) -> Result<Self, Error> {
        let any = Self { parts_max: u32::from(model::sms::PARTS_MAX), in_latin1: false };
        if content.draft.channel == Channel::Email {
            return Ok(any);
        }
        let settings = settings(ctx, connection, content).await?;
        Ok(settings.map_or(any, |it| Self { parts_max: u32::from(it.parts_max), in_latin1: it.writes_latin1() }))
    }

    /// In how many parts a text message leaves.
    pub fn parts(self, text: &str) -> u32 {
        u32::try_from(content::sms::count_as(text, self.in_latin1).n_segments).unwrap_or(u32::MAX)
    }
}
