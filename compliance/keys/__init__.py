"""The operator's keyring and the keystore of person keys."""
