"""How static files get names that change with their content, so that they can be kept for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    """Hash and compress every file, and rewrite the imports between our ES modules too."""

    support_js_module_import_aggregation = True
