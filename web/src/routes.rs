//! All pages, for whoever mounts them: the storefront's and the dashboard's.

use std::sync::Arc;

use axum::Router;

use crate::{
    admin,
    api::Api,
    site::{Settings, Site},
    storefront,
    theme::ThemeError,
};

/// All pages, for whoever mounts them.
pub struct Routes {
    pub pages: Router,
    /// Those that take pictures: more than other forms hold, and for longer. They bound it themselves.
    pub uploads: Router,
    /// What stands where there is no page ([`missing`](crate::missing)) needs it.
    pub site: Site,
}

/// All pages.
///
/// # Errors
/// For a theme that cannot be used.
pub fn routes(api: Arc<dyn Api>, settings: Settings) -> Result<Routes, ThemeError> {
    let site = Site::open(api, settings)?;
    let pages = storefront::routes(&site).merge(admin::routes(&site));
    Ok(Routes {
        pages: pages.with_state(site.clone()),
        uploads: storefront::uploads(&site)
            .merge(admin::uploads(&site))
            .with_state(site.clone()),
        site,
    })
}
