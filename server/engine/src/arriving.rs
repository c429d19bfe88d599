//! A file on its way in, of which only a piece or two are in memory, before it is known whose it becomes.

use model::Refusal;

use crate::{Ctx, Error};

/// What has come of a file. One that is dropped before it belongs to something is swept out later.
pub struct Arriving {
    ctx: Ctx,
    max: u64,
    content: store::blobs::Arriving,
}

impl Arriving {
    /// Begins to take a file in that may have so many bytes.
    pub(crate) fn new(ctx: &Ctx, max: u64) -> Self {
        Self { ctx: ctx.clone(), max, content: store::blobs::Arriving::new(&ctx.engine.store) }
    }

    /// The greatest size in bytes that it may have.
    pub fn max(&self) -> u64 {
        self.max
    }

    /// How many bytes have come.
    pub(crate) fn size(&self) -> u64 {
        self.content.size()
    }

    /// Takes the next [`PIECE`](crate::PIECE) bytes, or what is left of fewer.
    ///
    /// # Errors
    /// Refuses a file that grows too large.
    pub async fn put(&mut self, piece: Vec<u8>) -> Result<(), Error> {
        if self.max < self.content.size() + piece.len() as u64 {
            return Err(Refusal::FileTooLarge { max: self.max }.into());
        }
        let store = &self.ctx.engine.store;
        let mut tx = store.write().await?;
        self.content.put(store, &mut tx, piece, self.ctx.now()).await?;
        Ok(tx.commit().await?)
    }

    /// Who brings it.
    pub(crate) fn ctx(&self) -> &Ctx {
        &self.ctx
    }

    /// What has come, to be worked on as a whole.
    pub(crate) async fn whole(&self) -> Result<Vec<u8>, Error> {
        let mut reader = self.ctx.engine.store.read().await?;
        Ok(self.content.whole(&self.ctx.engine.store, &mut reader).await?)
    }

    /// What has come, to be kept.
    pub(crate) fn into_content(self) -> store::blobs::Arriving {
        self.content
    }

    /// Drops what has come.
    ///
    /// # Errors
    /// Fails when the database fails.
    pub async fn forget(self) -> Result<(), Error> {
        let mut tx = self.ctx.engine.store.write().await?;
        self.content.forget(&mut tx).await?;
        Ok(tx.commit().await?)
    }
}
