//! search_jobs.
