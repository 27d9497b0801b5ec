from .due import wake

__all__ = ["wake"]
