//! Calls about campaigns. Work that takes long goes on in the background: a call begins it, [`open_campaign`] tells how far it is.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{
    ApprovalRule, Attachment, AudienceQuery, AudienceRow, Campaign, CampaignCancelled, CampaignCost, CampaignDraft,
    CampaignEntry, CampaignFlow, CampaignId, CampaignPace, CampaignQuery, CampaignReport, CampaignRow, ContactId, Cursor,
    FailureQuery, FailureRow, Fill, Language, MessageId, MessageRow, Moment, Page, PreparedDraft, Reaction, ReactionQuery,
    ReactionRow, Regeneration, ReviewGroup, ReviewPage, ReviewPlace, ReviewQuery, ReviewedMessage, RunQuery, TemplateFault,
    TemplateId, TemplateText, TestSent,
};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Lists one page of campaigns.
#[server(input = Json)]
pub async fn list_campaigns(query: CampaignQuery) -> Result<Page<CampaignRow>, Problem> {
    door::answer(engine::campaigns::list(&door::enter().await?, query).await)
}

/// Opens a campaign with its state and figures.
#[server(input = Json)]
pub async fn open_campaign(id: CampaignId) -> Result<Campaign, Problem> {
    door::answer(engine::campaigns::open(&door::enter().await?, id).await)
}

/// Makes a campaign, or changes the one given if its revision is still the given one; answers which one and its new revision. Prepared
/// messages do not change.
#[server(input = Json)]
pub async fn save_campaign(key: Option<(CampaignId, i64)>, draft: CampaignDraft) -> Result<(CampaignId, i64), Problem> {
    door::answer(engine::campaigns::save(&door::enter().await?, key, draft).await)
}

/// Makes a campaign like another one under another name, with nothing prepared.
#[server(input = Json)]
pub async fn copy_campaign(id: CampaignId, name: String) -> Result<CampaignId, Problem> {
    door::answer(engine::campaigns::copy(&door::enter().await?, id, name).await)
}

/// The texts of a template to be written on in a campaign, with copies of its files.
#[server(input = Json)]
pub async fn take_template(id: TemplateId) -> Result<(Vec<TemplateText>, Vec<Attachment>), Problem> {
    door::answer(engine::templates::take(&door::enter().await?, id).await)
}

/// Makes a campaign like another one for exactly those to whom it was sent, or to whom one version of it was.
#[server(input = Json)]
pub async fn correct_campaign(id: CampaignId, version: Option<u32>, name: String) -> Result<CampaignId, Problem> {
    door::answer(engine::campaigns::correct(&door::enter().await?, id, version, name).await)
}

/// Makes a campaign like another one for those who got it, are known by name and reacted like this.
#[server(input = Json)]
pub async fn follow_up_campaign(id: CampaignId, reaction: Reaction, name: String) -> Result<CampaignId, Problem> {
    door::answer(engine::campaigns::follow_up(&door::enter().await?, id, reaction, name).await)
}

/// Lists one page of those who are known by name and reacted like this.
#[server(input = Json)]
pub async fn list_reactions(query: ReactionQuery) -> Result<Page<ReactionRow>, Problem> {
    door::answer(engine::reactions::list(&door::enter().await?, query).await)
}

/// Deletes a campaign of which nothing was sent.
#[server(input = Json)]
pub async fn delete_campaign(id: CampaignId) -> Result<(), Problem> {
    door::answer(engine::campaigns::delete(&door::enter().await?, id).await)
}

/// What is wrong with the merge code and the markup of what is written in a campaign or its template.
#[server(input = Json)]
pub async fn check_campaign_content(draft: CampaignDraft) -> Result<Vec<TemplateFault>, Problem> {
    door::answer(engine::campaigns::check_content(&door::enter().await?, draft).await)
}

/// Begins to resolve the audience of a draft and to look for missing values; stores no message.
#[server(input = Json)]
pub async fn check_campaign(id: CampaignId) -> Result<(), Problem> {
    door::answer(engine::campaigns::check(&door::enter().await?, id).await)
}

/// Lists one page of a resolved audience.
#[server(input = Json)]
pub async fn list_audience(query: AudienceQuery) -> Result<Page<AudienceRow>, Problem> {
    door::answer(engine::campaigns::audience(&door::enter().await?, query).await)
}

/// Begins to make the messages; again, it adds only those of new recipients.
#[server(input = Json)]
pub async fn prepare_campaign(id: CampaignId) -> Result<(), Problem> {
    door::answer(engine::campaigns::prepare(&door::enter().await?, id).await)
}

/// Stops the background work of a campaign; what was made stays.
#[server(input = Json)]
pub async fn stop_campaign_work(id: CampaignId) -> Result<(), Problem> {
    door::answer(engine::campaigns::stop_work(&door::enter().await?, id).await)
}

/// Throws the prepared messages away; the campaign is a draft again.
#[server(input = Json)]
pub async fn discard_prepared(id: CampaignId) -> Result<(), Problem> {
    door::answer(engine::campaigns::discard(&door::enter().await?, id).await)
}

/// The groups of what is prepared, odd ones first.
#[server(input = Json)]
pub async fn list_review_groups(id: CampaignId) -> Result<Vec<ReviewGroup>, Problem> {
    door::answer(engine::campaigns::review_groups(&door::enter().await?, id).await)
}

/// Lists one page of prepared messages.
#[server(input = Json)]
pub async fn list_prepared(query: ReviewQuery) -> Result<ReviewPage, Problem> {
    door::answer(engine::campaigns::review_page(&door::enter().await?, query).await)
}

/// Opens a prepared message with its neighbours, or the first one of the place; notes that this person has looked at it.
#[server(input = Json)]
pub async fn review_message(place: ReviewPlace, message: Option<MessageId>) -> Result<Option<ReviewedMessage>, Problem> {
    door::answer(engine::campaigns::review(&door::enter().await?, place, message).await)
}

/// Changes one prepared message by hand, if its revision is still the given one.
#[server(input = Json)]
pub async fn edit_prepared(id: CampaignId, message: MessageId, revision: i64, draft: PreparedDraft) -> Result<(), Problem> {
    door::answer(engine::campaigns::edit_prepared(&door::enter().await?, id, (message, revision), draft).await)
}

/// Takes prepared messages out (`true`) or puts them back; tells how many that were.
#[server(input = Json)]
pub async fn exclude_prepared(id: CampaignId, messages: Vec<MessageId>, is_excluded: bool) -> Result<u32, Problem> {
    door::answer(engine::campaigns::exclude(&door::enter().await?, id, messages, is_excluded).await)
}

/// Takes those of some messages out that were prepared for campaigns; tells how many that were.
#[server(input = Json)]
pub async fn exclude_ticked(messages: Vec<MessageId>) -> Result<u32, Problem> {
    door::answer(engine::campaigns::exclude_ticked(&door::enter().await?, messages).await)
}

/// Takes all messages out that wait for values; tells how many that were.
#[server(input = Json)]
pub async fn exclude_set_apart(id: CampaignId) -> Result<u32, Problem> {
    door::answer(engine::campaigns::exclude_set_apart(&door::enter().await?, id).await)
}

/// Fills a missing or doubtful value in and begins to make those messages anew.
#[server(input = Json)]
pub async fn fill_prepared(id: CampaignId, fill: Fill) -> Result<(), Problem> {
    door::answer(engine::campaigns::fill(&door::enter().await?, id, fill).await)
}

/// What making the unsent messages anew would change.
#[server(input = Json)]
pub async fn preview_regeneration(id: CampaignId) -> Result<Regeneration, Problem> {
    door::answer(engine::campaigns::preview_regeneration(&door::enter().await?, id).await)
}

/// Begins to make the unsent messages anew; those edited by hand stay.
#[server(input = Json)]
pub async fn regenerate_unsent(id: CampaignId) -> Result<(), Problem> {
    door::answer(engine::campaigns::regenerate(&door::enter().await?, id).await)
}

/// Gives the campaign's files of now to the messages that have not been sent; tells how many those are.
#[server(input = Json)]
pub async fn update_unsent_attachments(id: CampaignId) -> Result<u32, Problem> {
    door::answer(engine::campaigns::update_attachments(&door::enter().await?, id).await)
}

/// Sends the campaign as it would reach a contact, or with samples, to typed addresses at once; it is counted nowhere.
#[server(input = Json)]
pub async fn test_campaign(
    id: CampaignId,
    contact: Option<ContactId>,
    language: Option<Language>,
    to: String,
) -> Result<TestSent, Problem> {
    door::answer(engine::campaigns::test(&door::enter().await?, id, contact, language, to).await)
}

/// What the text messages of a campaign cost; nothing for mails, and before anything is prepared.
#[server(input = Json)]
pub async fn price_campaign(id: CampaignId) -> Result<Option<CampaignCost>, Problem> {
    door::answer(engine::campaigns::cost(&door::enter().await?, id).await)
}

/// When campaigns need somebody else's approval.
#[server(input = Json)]
pub async fn get_approval_rule() -> Result<ApprovalRule, Problem> {
    door::answer(engine::campaigns::approval_rule(&door::enter().await?).await)
}

/// Changes when campaigns need somebody else's approval.
#[server(input = Json)]
pub async fn set_approval_rule(rule: ApprovalRule) -> Result<(), Problem> {
    door::answer(engine::campaigns::set_approval_rule(&door::enter().await?, rule).await)
}

/// Asks for somebody else's approval, with a comment.
#[server(input = Json)]
pub async fn request_approval(id: CampaignId, comment: String) -> Result<(), Problem> {
    door::answer(engine::campaigns::request_approval(&door::enter().await?, id, comment).await)
}

/// Approves (`true`) what is prepared now, or gives it back, with a comment.
#[server(input = Json)]
pub async fn decide_approval(id: CampaignId, approves: bool, comment: String) -> Result<(), Problem> {
    door::answer(engine::campaigns::decide_approval(&door::enter().await?, id, approves, comment).await)
}

/// Lets the messages go: now, or at the given moment.
#[server(input = Json)]
pub async fn release_campaign(id: CampaignId, at: Option<Moment>) -> Result<(), Problem> {
    door::answer(engine::campaigns::release(&door::enter().await?, id, at).await)
}

/// Takes a release for a later moment back.
#[server(input = Json)]
pub async fn unschedule_campaign(id: CampaignId) -> Result<(), Problem> {
    door::answer(engine::campaigns::unschedule(&door::enter().await?, id).await)
}

/// Holds what has not left.
#[server(input = Json)]
pub async fn pause_campaign(id: CampaignId) -> Result<(), Problem> {
    door::answer(engine::campaigns::pause(&door::enter().await?, id).await)
}

/// Lets it go on.
#[server(input = Json)]
pub async fn resume_campaign(id: CampaignId) -> Result<(), Problem> {
    door::answer(engine::campaigns::resume(&door::enter().await?, id).await)
}

/// Stops the rest at once and tells what had gone, what was stopped and what was on its way.
#[server(input = Json)]
pub async fn cancel_campaign(id: CampaignId) -> Result<CampaignCancelled, Problem> {
    door::answer(engine::campaigns::cancel(&door::enter().await?, id).await)
}

/// Changes how fast a campaign leaves, also while it does.
#[server(input = Json)]
pub async fn pace_campaign(id: CampaignId, pace: CampaignPace) -> Result<(), Problem> {
    door::answer(engine::campaigns::set_pace(&door::enter().await?, id, pace).await)
}

/// How many messages left lately, minute by minute for the last hour.
#[server(input = Json)]
pub async fn show_campaign_flow(id: CampaignId) -> Result<CampaignFlow, Problem> {
    door::answer(engine::campaigns::flow(&door::enter().await?, id).await)
}

/// What became of a campaign, with reasons grouped.
#[server(input = Json)]
pub async fn show_campaign_report(id: CampaignId) -> Result<CampaignReport, Problem> {
    door::answer(engine::campaigns::report(&door::enter().await?, id).await)
}

/// Lists one page of messages that did not arrive, or not yet.
#[server(input = Json)]
pub async fn list_campaign_failures(query: FailureQuery) -> Result<Page<FailureRow>, Problem> {
    door::answer(engine::campaigns::failures(&door::enter().await?, query).await)
}

/// Sends again what failed for good, as new messages; tells how many.
#[server(input = Json)]
pub async fn retry_failed(id: CampaignId) -> Result<u32, Problem> {
    door::answer(engine::campaigns::retry_failed(&door::enter().await?, id).await)
}

/// Lists one page of what was done to a campaign, newest first, with the runs of its messages.
#[server(input = Json)]
pub async fn list_campaign_history(id: CampaignId, after: Option<Cursor>) -> Result<Page<CampaignEntry>, Problem> {
    door::answer(engine::campaigns::history(&door::enter().await?, id, after).await)
}

/// Lists one page of the messages of a run, those that were made or left last first.
#[server(input = Json)]
pub async fn list_run_messages(query: RunQuery) -> Result<Page<MessageRow>, Problem> {
    door::answer(engine::campaigns::run_messages(&door::enter().await?, query).await)
}
