//! What all visits share.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock, PoisonError, RwLock},
};

use crate::{
    api::Api,
    theme::{Theme, ThemeError, fingerprint},
};

/// How the pages are shown.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Where the world finds the shop, without a slash at its end.
    pub public_url: String,
    /// A folder whose files stand for ours.
    pub theme: Option<PathBuf>,
    /// Whether its changes are shown at once, and links for developers.
    pub development: bool,
    /// Where pictures may lie besides the shop itself: an origin.
    pub pictures: Option<String>,
    /// The most that a form with pictures may hold, in bytes.
    pub upload_bytes_max: usize,
    /// The most that a form with any other file may hold.
    pub file_bytes_max: usize,
}

/// The storefront, as all of its requests see it.
#[derive(Clone)]
pub struct Site(Arc<Inner>);

struct Inner {
    api: Arc<dyn Api>,
    settings: Settings,
    theme: RwLock<(Option<u64>, Arc<Theme>)>,
}

impl Site {
    pub fn open(api: Arc<dyn Api>, settings: Settings) -> Result<Self, ThemeError> {
        let theme = read(settings.theme.as_deref())?;
        let seen = settings.theme.as_deref().and_then(fingerprint);
        Ok(Self(Arc::new(Inner {
            api,
            settings,
            theme: RwLock::new((seen, theme)),
        })))
    }

    pub fn api(&self) -> &dyn Api {
        &*self.0.api
    }

    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub fn is_https(&self) -> bool {
        self.0.settings.public_url.starts_with("https://")
    }

    /// Another one for each change of the folder.
    pub fn theme_version(&self) -> u64 {
        let (seen, _) = &*self.0.theme.read().unwrap_or_else(PoisonError::into_inner);
        seen.unwrap_or_default()
    }

    /// As it is now: in development a folder that has changed is read anew, and kept as it was where it cannot be.
    pub fn theme(&self) -> Arc<Theme> {
        let (seen, theme) = self.0.theme.read().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(folder) = self.0.settings.theme.as_deref().filter(|_| self.0.settings.development) else {
            return theme;
        };
        let now = fingerprint(folder);
        if now == seen {
            return theme;
        }
        let read = Theme::read(Some(folder)).map(Arc::new).unwrap_or_else(|error| {
            tracing::error!(error = &error as &dyn std::error::Error, "the theme stays as it was");
            theme
        });
        *self.0.theme.write().unwrap_or_else(PoisonError::into_inner) = (now, Arc::clone(&read));
        read
    }
}

/// Ours is the same for all shops of a process, and is read once.
fn read(folder: Option<&Path>) -> Result<Arc<Theme>, ThemeError> {
    static OURS: OnceLock<Arc<Theme>> = OnceLock::new();
    match (folder, OURS.get()) {
        (None, Some(ours)) => Ok(Arc::clone(ours)),
        (None, None) => {
            let read = Arc::new(Theme::read(None)?);
            Ok(Arc::clone(OURS.get_or_init(|| read)))
        }
        (Some(_), _) => Theme::read(folder).map(Arc::new),
    }
}
