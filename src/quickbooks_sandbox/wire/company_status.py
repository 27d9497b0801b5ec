"""What CompanyInfo says of the company's subscription, which is no part of its books."""

from typing import Any

from quickbooks_sandbox.wire.operations import Content

_HOLDERS = ("QueryResponse", "BatchItemResponse")


def with_subscription(content: Any, shown: dict[str, str]) -> Any:
    """An answer in which CompanyInfo names the subscription as it is just now."""
    if isinstance(content, list):
        return [with_subscription(each, shown) for each in content]
    if "CompanyInfo" in content:
        return {**content, "CompanyInfo": _subscribed(content["CompanyInfo"], shown)}
    return {name: with_subscription(value, shown) if name in _HOLDERS else value for name, value in content.items()}


def _subscribed(company_info: Any, shown: dict[str, str]) -> Any:
    if isinstance(company_info, list):
        return [_subscribed(each, shown) for each in company_info]
    if "NameValue" not in company_info:
        return company_info
    values: list[Content] = [
        {**each, "Value": shown.get(each["Name"], each["Value"])} for each in company_info["NameValue"]
    ]
    return {**company_info, "NameValue": values}
