//! What stands on parcels' labels, as files in a folder: a program that prints labels watches it.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use async_trait::async_trait;
use vitrine_commerce::ports::{
    ParcelLabels,
    parcel_labels::{LabelError, ParcelLabel},
};
use vitrine_entity::ids::ShipmentId;

/// Writes each parcel into a file of JSON, named by its id.
#[derive(Debug)]
pub struct FileLabels {
    folder: PathBuf,
}

impl FileLabels {
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }
}

#[async_trait]
impl ParcelLabels for FileLabels {
    async fn hand_over(&self, label: &ParcelLabel) -> Result<(), LabelError> {
        let bytes = serde_json::to_vec_pretty(label).map_err(|error| LabelError(error.into()))?;
        let (folder, name) = (self.folder.clone(), label.parcel.to_string());
        let writing = tokio::task::spawn_blocking(move || write(&folder, &name, &bytes));
        let written = writing.await.map_err(|error| LabelError(error.into()))?;
        written.map_err(|error| LabelError(error.into()))
    }

    async fn remove(&self, parcel: ShipmentId) -> Result<(), LabelError> {
        let (folder, name) = (self.folder.clone(), parcel.to_string());
        let removing = tokio::task::spawn_blocking(move || remove(&folder, &name));
        let removed = removing.await.map_err(|error| LabelError(error.into()))?;
        removed.map_err(|error| LabelError(error.into()))
    }
}

/// Under another name first, so that nobody reads half of it.
fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let draft = folder.join(format!(".{name}.{}.draft", std::process::id()));
    let mut file = File::create(&draft)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&draft, folder.join(format!("{name}.json")))
}

/// With what is left of writing it where a process has died at that.
fn remove(folder: &Path, name: &str) -> io::Result<()> {
    let files = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        files => files?,
    };
    let (label, draft) = (format!("{name}.json"), format!(".{name}."));
    for file in files {
        let file = file?;
        let called = file.file_name();
        let is_of_it = called
            .to_str()
            .is_some_and(|called| called == label || (called.starts_with(&draft) && called.ends_with(".draft")));
        if !is_of_it {
            continue;
        }
        match fs::remove_file(file.path()) {
            // Whoever printed it has taken it meanwhile.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            removed => removed?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use vitrine_commerce::ports::parcel_labels::Place;
    use vitrine_entity::address::Address;

    use super::*;

    #[tokio::test]
    async fn a_parcels_label_is_a_file_that_the_next_one_replaces_and_that_goes() {
        let folder = tempfile::tempdir().unwrap();
        let labels = FileLabels::new(folder.path().join("labels"));
        let to = Place::from(Address::nowhere("PT"));
        let mut label = ParcelLabel {
            parcel: ShipmentId(uuid::Uuid::from_u128(7)),
            order_number: "V-1".to_owned(),
            shipping_method: "Parcel".to_owned(),
            carrier: None,
            tracking_numbers: Vec::new(),
            from: None,
            to,
            email: "ada@example.com".to_owned(),
            weight_grams: 1_200,
            length_mm: None,
            width_mm: None,
            height_mm: None,
            currency: "EUR".to_owned(),
            contents: Vec::new(),
        };
        labels.hand_over(&label).await.unwrap();
        label.weight_grams = 1_300;
        labels.hand_over(&label).await.unwrap();
        let files: Vec<_> = fs::read_dir(folder.path().join("labels")).unwrap().collect();
        assert_eq!(files.len(), 1);
        let written = fs::read(files[0].as_ref().unwrap().path()).unwrap();
        let written: serde_json::Value = serde_json::from_slice(&written).unwrap();
        assert_eq!(
            (&written["weightGrams"], &written["to"]["countryCode"]),
            (&1_300.into(), &"PT".into())
        );
        // What a process left that died while it wrote goes with it, and nothing else does.
        let of = |name: &str| folder.path().join("labels").join(name);
        let other = ShipmentId(uuid::Uuid::from_u128(8));
        for left in [format!(".{}.1.draft", label.parcel), format!("{other}.json")] {
            fs::write(of(&left), "{}").unwrap();
        }
        labels.remove(label.parcel).await.unwrap();
        labels.remove(label.parcel).await.unwrap();
        let names = fs::read_dir(folder.path().join("labels")).unwrap();
        let names: Vec<_> = names.map(|file| file.unwrap().file_name()).collect();
        assert_eq!(names, [std::ffi::OsString::from(format!("{other}.json"))]);
    }
}
