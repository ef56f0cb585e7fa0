"""`python -m app.print_openapi` prints the OpenAPI schema; the page's types are generated from it."""

import json

from app.main import create_app

if __name__ == "__main__":
    print(json.dumps(create_app().openapi(), indent=2, ensure_ascii=False))
