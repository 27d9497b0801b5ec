from .due import set_interval, wake

__all__ = ["set_interval", "wake"]
